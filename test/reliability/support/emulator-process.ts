import { startEmulator, type EmulatorOptions } from "../../../src/emulator/index.js";

/** An emulator in a process of its own; it ends when its parent disconnects. */
const options = JSON.parse(process.argv[2] ?? "{}") as EmulatorOptions;
const emulator = await startEmulator(options);
process.send?.({ url: emulator.url });
process.once("disconnect", () => void emulator.close());
