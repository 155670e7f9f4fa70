import type { JsonObject } from "../../openapi/json.js";
import { checkProvocation } from "../faults/provocation.js";
import type { ImageVerdict } from "../api/image-addresses.js";
import { refundFailedTrainings, type EmulatorState } from "../state/emulator-state.js";
import { keySettingsChecks } from "../state/keys.js";
import { checkMembers, milliseconds, oneOf, text, wholeNumberBetween } from "../checks.js";

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
  "POST /_emulator/clock": (input, emulator) => {
    const { advanceMs, ...rest } = input;
    checkMembers(rest, {});
    advanceClock(emulator, advanceMs);
    return { now: new Date(emulator.clock.now()) };
  },
  "POST /_emulator/keys": ({ key, ...settings }, emulator) => {
    setKey(emulator, key, settings);
  },
  "POST /_emulator/trainings": (input, emulator) => {
    checkMembers(input, { fail: wholeNumberBetween(1, 1_000_000), id: text });
    failTraining(emulator, input["id"] ?? input["fail"] ?? 1);
  },
  "POST /_emulator/images": ({ url, verdict, ...rest }, emulator) => {
    checkMembers(rest, {});
    setImage(emulator, url, verdict);
  },
  // The target of a redirect to another origin.
  "GET /_emulator/elsewhere": () => ({ elsewhere: true }),
  "POST /_emulator/elsewhere": () => ({ elsewhere: true }),
};

/** The command of the control API for a method and a path. */
export function findCommand(method: string, path: string): Command | undefined {
  const name = `${method} ${path.replace(/\/$/, "")}`;
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** @throws {TypeError} If `ms` is no time. */
export function advanceClock({ clock }: EmulatorState, ms: unknown): void {
  checkMembers({ advanceMs: ms ?? null }, { advanceMs: milliseconds });
  clock.advance(Number(ms));
}

/** @throws {TypeError} If the key or its settings are not valid. */
export function setKey({ keys }: EmulatorState, key: unknown, settings: JsonObject): void {
  checkMembers({ key: key ?? null }, { key: text });
  checkMembers(settings, keySettingsChecks);
  keys.set(String(key), settings);
}

const verdicts: readonly ImageVerdict[] = ["ok", "unreachable", "too-large"];

/** @throws {TypeError} If the address or the verdict is not valid. */
export function setImage({ images }: EmulatorState, url: unknown, verdict: unknown): void {
  const checks = { url: text, verdict: oneOf(verdicts) };
  checkMembers({ url: url ?? null, verdict: verdict ?? null }, checks);
  images.set(String(url), verdict as ImageVerdict);
}

/**
 * Makes the training of one persona or style fail, or that of the next few.
 *
 * @throws {TypeError} If the training is over, or the count is not a whole number.
 * @throws {Refusal} `NOT_FOUND`.
 */
export function failTraining({ resources }: EmulatorState, idOrCount: unknown): void {
  if (typeof idOrCount !== "string") {
    checkMembers({ count: idOrCount ?? null }, { count: wholeNumberBetween(0, 1_000_000) });
    resources.failNext(Number(idOrCount));
    return;
  }
  const found = resources.get(idOrCount);
  const { status } = resources.training(found);
  if (status !== "processing")
    throw new TypeError(`the training of ${idOrCount} is already ${status}`);
  resources.fail(found);
}
