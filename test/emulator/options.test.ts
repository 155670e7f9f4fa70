import { startEmulator, type EmulatorOptions } from "pikzels-client/emulator";
import { expect, test } from "vitest";
import { emulatorForTest } from "./support.js";

const start = (options: unknown) => startEmulator(options as EmulatorOptions);

test.each<[unknown, string]>([
  [{ trainingMS: 5 }, "there is no trainingMS: did you mean trainingMs?"],
  [{ proccessingMs: 5 }, "did you mean processingMs?"],
  [{ colour: "red" }, "there is no colour; there are port, host, "],
  [{ trainingMs: "5" }, 'trainingMs must be a number from 0 to 3153600000000, not "5"'],
  [{ trainingMs: Number.NaN }, "trainingMs must be a number"],
  [{ port: 70_000 }, "port must be a whole number from 0 to 65535, not 70000"],
  [{ clock: "slow" }, 'clock must be one of real, manual, not "slow"'],
  [{ credits: -1 }, "credits must be a number from 0"],
  [{ faultRate: 20 }, "faultRate must be a number from 0 to 1, not 20"],
  [{ expiredStatus: 410 }, "expiredStatus must be one of 403, 404, not 410"],
  [{ publicUrl: "pikzels.test" }, "publicUrl must be an http:// or https:// address"],
  [{ imageAt: "always" }, "imageAt must be lenient, realistic or a function"],
  [{ spec: "openapi.json" }, "spec must be an object"],
  [{ keys: { pkz_a: "gone" } }, "keys must be one of active, unknown, "],
  [{ keys: { pkz_a: { credits: "many" } } }, "credits must be a number"],
  [{ reservedNames: [7] }, "reservedNames must be a list, each item a string"],
  [{ randomFaults: [{ fault: "nope" }] }, "fault must be one of reset, "],
  [{ onExchange: true }, "onExchange must be a function, not true"],
  [null, "startEmulator takes an object of options, not null"],
])("startEmulator refuses %j: %s", async (options, message) => {
  await expect(start(options)).rejects.toThrow(message);
});

test("startEmulator treats an undefined option as missing", async () => {
  const emulator = await emulatorForTest({ trainingMs: undefined } as never);
  expect(emulator.port).toBeGreaterThan(0);
});
