import { defaultRandomFaults } from "./faults/random.js";
import { FaultQueue } from "./faults/queue.js";
import { loadBundledSpec } from "./load-spec.js";
import type { EmulatorOptions, ImageVerdict } from "./options.js";
import { requestValidator, type RequestValidator } from "./request/validate.js";
import { isObject, type JsonObject } from "../openapi/json.js";
import { readOperations, type Operation } from "./spec/operation.js";
import { createClock, type Clock } from "./state/clock.js";
import { Keys } from "./state/keys.js";
import { Ledger } from "./state/ledger.js";
import { OutputUrls } from "./state/output-urls.js";
import { Pikzonalities } from "./state/pikzonalities.js";
import { Traffic } from "./state/traffic.js";

/** All that one emulator knows and remembers. */
export interface World {
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
  /** What is found at image addresses, by address; asked before `options.imageAt`. */
  images: Map<string, ImageVerdict>;
}

export async function createWorld(options: EmulatorOptions): Promise<World> {
  const { spec, keys: keyOptions = {}, credits = 1_000_000 } = options;
  const document = isObject(spec) ? spec : await loadBundledSpec();
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

/** Charges for trainings that have failed by now go back. */
export function settleFailedTrainings({ pikzonalities, ledger }: World): void {
  for (const failed of pikzonalities.takeNewlyFailed())
    ledger.refund(failed.requestId, failed.account);
}
