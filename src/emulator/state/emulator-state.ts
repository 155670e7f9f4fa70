import type { ImageAddressPreset, ImageVerdict } from "../api/image-addresses.js";
import { BodyReader } from "../api/read-body.js";
import { behaviour } from "../../generated/behaviour.js";
import { isObject, type JsonObject } from "../../openapi/json.js";
import { basePathOf } from "../../openapi/servers.js";
import { bundledDocument } from "../document/bundled-document.js";
import { errorCodesOf } from "../document/error-codes.js";
import { toJsonSchemas } from "../document/json-schema.js";
import { readOperations, type Operation } from "../document/operations.js";
import { findRoles, type ResourceType, type Role } from "../document/resources.js";
import { defaultRandomFaults, FaultQueue } from "../faults/queue.js";
import type { EmulatorOptions } from "../options.js";
import { createClock, type Clock } from "./clock.js";
import { Keys } from "./keys.js";
import { Ledger } from "./ledger.js";
import { OutputUrls } from "./output-urls.js";
import { Resources } from "./resources.js";
import { Traffic } from "./traffic.js";

/** All state of one emulator. */
export interface EmulatorState {
  options: EmulatorOptions;
  document: JsonObject;
  /** The path of the document's server: `/api`, or an empty string. */
  basePath: string;
  operations: Operation[];
  /** What each operation does to which resource. */
  roles: Map<Operation, Role>;
  resourceTypes: ResourceType[];
  /** Whether the document publishes an error code. */
  publishes: (code: string) => boolean;
  bodies: BodyReader;
  clock: Clock;
  keys: Keys;
  ledger: Ledger;
  resources: Resources;
  outputUrls: OutputUrls;
  faults: FaultQueue;
  traffic: Traffic;
  /** How long a charged request takes. */
  processingMs: number;
  /** What is found at image addresses, by address; looked up before `options.imageAt`. */
  images: Map<string, ImageVerdict>;
  defaultImageAt: ImageAddressPreset;
}

export function createEmulatorState(options: EmulatorOptions): EmulatorState {
  const { spec, keys: keyOptions = {}, credits = 1_000_000, realistic = false } = options;
  const document = isObject(spec) ? spec : bundledDocument;
  // Translated first, as it says in words if the document is nested too deeply for everything else.
  toJsonSchemas(document, "request");
  const operations = readOperations(document);
  const roles = findRoles(document, operations);
  const codes = new Set(operations.flatMap((operation) => [...errorCodesOf(document, operation)]));
  const { generationMs, trainingMs } = behaviour.durations;
  const clock = createClock(options.clock);
  const { now } = clock;

  const keys = new Keys(Math.round(credits * 100), options.acceptUnknownKeys ?? true);
  for (const [key, settings] of Object.entries(keyOptions))
    keys.set(key, typeof settings === "string" ? { state: settings } : settings);

  return {
    options,
    document,
    basePath: basePathOf(document),
    operations,
    roles,
    resourceTypes: [
      ...new Set([...roles.values()].flatMap((role) => (role.does === "work" ? [] : role.type))),
    ],
    publishes: (code) => codes.has(code),
    bodies: new BodyReader(),
    clock,
    keys,
    ledger: new Ledger(now),
    resources: new Resources({
      now,
      trainingMs: options.trainingMs ?? (realistic ? trainingMs : 2000),
      reservedNames: options.reservedNames ?? behaviour.names.reserved,
    }),
    outputUrls: new OutputUrls(now),
    faults: new FaultQueue(
      options.faultRate ?? 0,
      options.randomFaults ?? defaultRandomFaults,
      options.seed ?? 1,
    ),
    traffic: new Traffic(),
    processingMs: options.processingMs ?? (realistic ? generationMs : 0),
    images: new Map(),
    defaultImageAt: realistic ? "realistic" : "lenient",
  };
}

/** Refunds what was charged for trainings that have failed by now. */
export function refundFailedTrainings({ resources, ledger }: EmulatorState): void {
  for (const failed of resources.takeNewlyFailed()) ledger.refund(failed.requestId, failed.account);
}
