import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import base from "../../vitest.config.js";

const rooms = ["openapi", "client", "transport", "errors", "images", "node"];

/**
 * The tests that judge mutants of the client: those about the client that need neither an emulator
 * nor much time, because they run again for each of more than a thousand mutants.
 */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    ...base.test,
    include: rooms.map((room) => `test/${room}/*.test.ts`),
    exclude: [
      "test/client/{first-calls,loopback-images}.test.ts",
      "test/transport/fair-limit.test.ts",
    ],
    typecheck: { enabled: false },
    // Whether an emulator's answers conform says nothing about the client.
    setupFiles: ["test/support/sample-api.ts", "test/support/fuzz-seed.ts"],
    env: { FUZZ_RUNS: "10" },
    // One thread that loads each module once, so that a mutant takes a fraction of a second. Each
    // mutant gets a new thread, so that mutants in code that runs on import are caught too.
    isolate: false,
    // A mutant that hangs is detected by this, or by Stryker's own longer timeout.
    testTimeout: 4000,
  },
});
