import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^pikzels-client$/, replacement: source("./src/index.ts") },
      { find: /^pikzels-client\/(\w+)$/, replacement: source("./src/$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // What a test waits for is mostly other processes, which a busy machine delays.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // For the same reason, a core that waits is a core to use.
    maxWorkers: "100%",
    restoreMocks: true,
    // Every answer an emulator gives in any test has to conform to the spec.
    setupFiles: [
      "test/support/sample-api.ts",
      "test/support/check-emulator-answers.ts",
      "test/support/fuzz-seed.ts",
    ],
  },
});
