import { requestValidator, type RequestValidator } from "../api/validate.js";
import { bundledDocument } from "../document/bundled-document.js";
import { readOperations, type Operation } from "../document/operations.js";
import { defaultRandomFaults, FaultQueue } from "../faults/queue.js";
import { isObject, type JsonObject } from "../../openapi/json.js";
import type { EmulatorOptions, ImageVerdict } from "../options.js";
import { createClock, type Clock } from "./clock.js";
import { Keys } from "./keys.js";
import { Ledger } from "./ledger.js";
import { OutputUrls } from "./output-urls.js";
import { Pikzonalities } from "./pikzonalities.js";
import { Traffic } from "./traffic.js";

/** Everything one emulator knows and remembers. */
export interface EmulatorState {
  options: EmulatorOptions;
  document: JsonObject;
  operations: Operation[];
  validate: RequestValidator;
  clock: Clock;
  keys: Keys;
  ledger: Ledger;
  pikzonalities: Pikzonalities;
  outputUrls: OutputUrls;
  faults: FaultQueue;
  traffic: Traffic;
  /** What is found at image addresses, by address; looked up before `options.imageAt`. */
  images: Map<string, ImageVerdict>;
}

export function createEmulatorState(options: EmulatorOptions): EmulatorState {
  const { spec, keys: keyOptions = {}, credits = 1_000_000 } = options;
  const document = isObject(spec) ? spec : bundledDocument;
  const clock = createClock(options.clock);
  const { now } = clock;

  const keys = new Keys(Math.round(credits * 100), options.acceptUnknownKeys ?? true);
  for (const [key, settings] of Object.entries(keyOptions))
    keys.set(key, typeof settings === "string" ? { state: settings } : settings);

  return {
    options,
    document,
    operations: readOperations(document),
    validate: requestValidator(document),
    clock,
    keys,
    ledger: new Ledger(now),
    pikzonalities: new Pikzonalities({
      now,
      trainingMs: options.trainingMs ?? 2000,
      reservedNames: options.reservedNames ?? ["pikzels", "default", "admin"],
    }),
    outputUrls: new OutputUrls(now),
    faults: new FaultQueue(
      options.faultRate ?? 0,
      options.randomFaults ?? defaultRandomFaults,
      options.seed ?? 1,
    ),
    traffic: new Traffic(),
    images: new Map(),
  };
}

/** Gives back what was charged for trainings that have failed by now. */
export function refundFailedTrainings({ pikzonalities, ledger }: EmulatorState): void {
  for (const failed of pikzonalities.takeNewlyFailed())
    ledger.refund(failed.requestId, failed.account);
}
