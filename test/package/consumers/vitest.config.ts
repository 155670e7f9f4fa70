import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { TestedWithReporter } from "./support/tested-with-reporter.js";

export default defineConfig({
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  test: {
    include: ["test/package/consumers/*.consumer.ts"],
    globalSetup: "test/package/consumers/support/setup.ts",
    reporters: ["default", new TestedWithReporter()],
    maxConcurrency: 2,
    testTimeout: 120_000,
    // Most of this is for installing toolchains the first time.
    hookTimeout: 600_000,
  },
});
