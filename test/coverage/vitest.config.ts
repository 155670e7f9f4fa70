import { configDefaults, defineConfig, mergeConfig } from "vitest/config";
import { fileURLToPath } from "node:url";
import shared from "../../vitest.config.js";

/** Tests that run `src/` in separate processes, which are not measured, or not at all. */
const UNMEASURED = [
  "test/{batch,bench,cli,docs,examples,lib,mcp,package,pull,release,site,types}/**",
  "test/reliability/{command-line,ten-thousand-calls}.test.ts",
  "test/redis/three-processes.test.ts",
];

export default mergeConfig(
  shared,
  defineConfig({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    test: {
      exclude: [...configDefaults.exclude, ...UNMEASURED],
      typecheck: { enabled: false },
      // The coverage of a failed run would look like gaps in the tests.
      coverage: {
        include: ["src/**/*.ts"],
        exclude: ["src/generated/**", "src/cli/**", "src/mcp/**"],
        reporter: ["text", "json-summary"],
        thresholds: { statements: 98, branches: 97, functions: 98, lines: 98 },
      },
    },
  }),
);
