import { isObject } from "../openapi/json.js";
import { imageAddressPresets } from "./api/image-addresses.js";
import {
  checkMembers,
  milliseconds,
  numberBetween,
  oneOf,
  shown,
  text,
  wholeNumberBetween,
  type Check,
} from "./checks.js";
import { checkProvocation } from "./faults/provocation.js";
import type { EmulatorOptions } from "./options.js";
import { keySettingsChecks, keyStates } from "./state/keys.js";

const trueOrFalse: Check = {
  isValid: (value) => typeof value === "boolean",
  expected: "true or false",
};

const anObject: Check = { isValid: isObject, expected: "an object" };

const aFunction: Check = {
  isValid: (value) => typeof value === "function",
  expected: "a function",
};

const webAddress: Check = {
  isValid: (value) =>
    typeof value === "string" && URL.canParse(value) && /^https?:/.test(new URL(value).protocol),
  expected: "an http:// or https:// address",
};

const presets = Object.keys(imageAddressPresets);

const imageAt: Check = {
  isValid: (value) => aFunction.isValid(value) || oneOf(presets).isValid(value),
  expected: `${presets.join(", ")} or a function`,
};

function listOf({ isValid, expected }: Check): Check {
  return {
    isValid: (value) => Array.isArray(value) && value.every(isValid),
    expected: `a list, each item ${expected}`,
  };
}

const checks: Readonly<Record<keyof EmulatorOptions, Check>> = {
  port: wholeNumberBetween(0, 65_535),
  host: text,
  publicUrl: webAddress,
  trustProxy: trueOrFalse,
  spec: anObject,
  keys: anObject,
  acceptUnknownKeys: trueOrFalse,
  credits: numberBetween(0, 1_000_000_000),
  maxInFlight: wholeNumberBetween(0, 1_000_000),
  realistic: trueOrFalse,
  trainingMs: milliseconds,
  processingMs: milliseconds,
  reservedNames: listOf(text),
  clock: oneOf(["real", "manual"]),
  expiredStatus: oneOf([403, 404]),
  imageAt,
  faultRate: numberBetween(0, 1),
  randomFaults: listOf(anObject),
  seed: wholeNumberBetween(0, Number.MAX_SAFE_INTEGER),
  onExchange: aFunction,
};

/** @throws {TypeError} For an option that there is not, with the nearest one, or that cannot be right. */
export function checkOptions(options: unknown): asserts options is EmulatorOptions {
  if (!isObject(options)) {
    throw new TypeError(`startEmulator takes an object of options, not ${shown(options)}`);
  }
  checkMembers(options, checks);
  const { keys = {}, randomFaults = [] } = options as EmulatorOptions;
  for (const settings of Object.values(keys)) {
    if (isObject(settings)) checkMembers(settings, keySettingsChecks);
    else checkMembers({ keys: settings }, { keys: oneOf(keyStates) });
  }
  for (const fault of randomFaults) checkProvocation(fault);
}
