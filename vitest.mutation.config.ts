import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

const about = ["client", "transport", "errors", "images", "node", "types"];

/** The tests that judge mutants of the client: those that are about it, and take no long time. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [
      ...about.map((folder) => `test/${folder}/**/*.test.ts`),
      "test/reliability/{abort,every-answer,hostile-input,key}.test.ts",
    ],
    typecheck: { enabled: false },
    // Conformance of the emulator's answers says nothing about the client.
    setupFiles: [],
  },
});
