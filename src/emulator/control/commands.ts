import type { JsonObject } from "../../openapi/json.js";
import { checkProvocation } from "../faults/provocation.js";
import { refundFailedTrainings, type EmulatorState } from "../state/emulator-state.js";
import { keyStates } from "../state/keys.js";

type Command = (input: JsonObject, emulator: EmulatorState) => unknown;

const commands: Record<string, Command> = {
  "GET /_emulator": (_, emulator) => {
    refundFailedTrainings(emulator);
    return {
      now: new Date(emulator.clock.now()),
      stats: emulator.traffic.stats,
      faultsWaiting: emulator.faults.size,
      ledger: { total: emulator.ledger.total, charges: emulator.ledger.charges.length },
    };
  },
  "GET /_emulator/ledger": (_, emulator) => {
    refundFailedTrainings(emulator);
    const { total, charges } = emulator.ledger;
    return { total, charges };
  },
  "GET /_emulator/requests": (_, emulator) => ({ requests: emulator.traffic.records }),
  "POST /_emulator/faults": (input, emulator) => {
    checkProvocation(input);
    emulator.faults.add(input);
  },
  "DELETE /_emulator/faults": (_, emulator) => {
    emulator.faults.clear();
  },
  "POST /_emulator/clock": ({ advanceMs }, emulator) => {
    if (typeof advanceMs !== "number") throw new TypeError("advanceMs is a number");
    emulator.clock.advance(advanceMs);
    return { now: new Date(emulator.clock.now()) };
  },
  "POST /_emulator/keys": ({ key, state, credits }, emulator) => {
    const known = keyStates.find((name) => name === (state ?? "active"));
    if (typeof key !== "string" || !known)
      throw new TypeError(`key is a string, state one of ${keyStates.join(", ")}`);
    emulator.keys.set(key, { state: known, ...(typeof credits === "number" && { credits }) });
  },
  "POST /_emulator/trainings": ({ fail, id }, emulator) => {
    failTraining(emulator, typeof id === "string" ? id : Number(fail ?? 1));
  },
  "POST /_emulator/images": ({ url, verdict }, emulator) => {
    if (
      typeof url !== "string" ||
      !(verdict === "ok" || verdict === "unreachable" || verdict === "too-large")
    )
      throw new TypeError("url is a string, verdict one of ok, unreachable, too-large");
    emulator.images.set(url, verdict);
  },
  // The target of a redirect to another origin.
  "GET /_emulator/elsewhere": () => ({ elsewhere: true }),
  "POST /_emulator/elsewhere": () => ({ elsewhere: true }),
};

/** The command of the control API for a method and a path. */
export function findCommand(method: string, path: string): Command | undefined {
  return commands[`${method} ${path.replace(/\/$/, "")}`];
}

/** Makes the training of one persona or style fail, or that of the next few. */
export function failTraining({ pikzonalities }: EmulatorState, idOrCount: string | number): void {
  if (typeof idOrCount === "number") {
    pikzonalities.failNext(idOrCount);
    return;
  }
  const found = pikzonalities.get(idOrCount);
  const { status } = pikzonalities.training(found);
  if (status !== "processing")
    throw new TypeError(`the training of ${idOrCount} is already ${status}`);
  pikzonalities.fail(found);
}
