import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

const about = ["client", "transport", "errors", "images", "emulator", "redis", "reliability"];

/** Measures what the tests that are about `src/` run of it; the others would only take time. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: about.map((folder) => `test/${folder}/**/*.test.ts`),
    // What happens in other processes is not measured; nor does it help to do the same 10,000 times.
    exclude: [
      "test/redis/three-processes.test.ts",
      "test/reliability/{ten-thousand-calls,command-line}.test.ts",
    ],
    typecheck: { enabled: false },
    coverage: {
      include: ["src/**/*.ts"],
      exclude: ["src/generated/**"],
      reporter: ["text", "json-summary"],
      thresholds: { statements: 95, branches: 95 },
    },
  },
});
