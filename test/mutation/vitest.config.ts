import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import base from "../../vitest.config.js";

const rooms = ["openapi", "client", "transport", "errors", "images"];

/**
 * The tests that judge mutants of the client: those that are about it and need neither an emulator
 * nor much time, since they run anew for each of more than a thousand mutants.
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
    // Conformance of an emulator's answers says nothing about the client.
    setupFiles: ["test/support/fuzz-seed.ts"],
    env: { FUZZ_RUNS: "10" },
    // One thread that loads each module once: a mutant takes a fraction of a second. Between mutants
    // the thread is another one, so that a mutant of what runs on import is seen too.
    isolate: false,
    // A mutant that hangs is told by this, or by Stryker's own longer time-out.
    testTimeout: 4000,
  },
});
