// The example is itself a test file.
import "../../examples/emulator-in-vitest/best-thumbnail.test.js";
