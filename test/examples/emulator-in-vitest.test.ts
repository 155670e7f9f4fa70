// The example is a test file itself.
import "../../examples/emulator-in-vitest/best-thumbnail.test.js";
