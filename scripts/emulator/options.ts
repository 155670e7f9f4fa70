import type { EmulatorOptions, Provocation } from "pikzels-client/emulator";
import { faultNames } from "pikzels-client/emulator";
import { errorCodes } from "../../src/generated/errors.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { toJsonText } from "../lib/json-text.js";
import { loadSpec } from "../lib/load-spec.js";
import type { CommandOption, OptionValues } from "../lib/command.js";
import { InputError } from "../lib/input-error.js";

export const emulatorOptions = {
  port: { type: "string", value: "N", default: "4010", help: "port to listen on; 0: a free one" },
  host: { type: "string", value: "HOST", default: "127.0.0.1", help: "address to listen on" },
  credits: { type: "string", value: "USD", help: "balance in US dollars (default: 1000000)" },
  "training-ms": {
    type: "string",
    value: "MS",
    help: "how long a persona or style trains (default: 2000)",
  },
  "processing-ms": {
    type: "string",
    value: "MS",
    help: "how long a charged call takes (default: 0)",
  },
  "max-in-flight": {
    type: "string",
    value: "N",
    help: "calls one key may have in flight (default: 10)",
  },
  fault: {
    type: "string",
    value: "NAME[*N],…",
    help: "error codes and faults that the next N requests meet: TOO_MANY_REQUESTS*2,reset",
  },
  "fault-rate": { type: "string", value: "SHARE", help: "share of requests that fail, 0 to 1" },
  seed: { type: "string", value: "N", help: "makes the failures of --fault-rate repeatable" },
  spec: { type: "string", value: "FILE", help: "serves this OpenAPI document instead" },
  realistic: {
    type: "boolean",
    help: "as slow as the service, and as strict about image addresses",
  },
  "expired-status": {
    type: "string",
    value: "STATUS",
    help: "status of an output that has expired: 403 or 404 (default: 404)",
  },
  "public-url": { type: "string", value: "URL", help: "origin of the addresses of outputs" },
  "trust-proxy": { type: "boolean", help: "takes the origin from Forwarded and X-Forwarded-*" },
} as const satisfies Record<string, CommandOption>;

export type EmulatorCommandOptions = OptionValues<typeof emulatorOptions>;

type NumberOption = Exclude<keyof EmulatorCommandOptions, "realistic" | "trust-proxy">;

/**
 * Turns the command line into options of the emulator.
 *
 * @throws {InputError} Naming the invalid option.
 */
export async function readOptions(values: EmulatorCommandOptions): Promise<EmulatorOptions> {
  const numbers = {
    credits: readNumber(values, "credits"),
    trainingMs: readInteger(values, "training-ms"),
    processingMs: readInteger(values, "processing-ms"),
    maxInFlight: readInteger(values, "max-in-flight"),
    faultRate: readNumber(values, "fault-rate", 1),
    seed: readInteger(values, "seed"),
  };
  const given = Object.entries(numbers).filter(([, number]) => number !== undefined);
  return {
    port: readInteger(values, "port", 65_535) ?? 0,
    host: values.host,
    ...Object.fromEntries(given),
    ...(values.realistic && { realistic: true }),
    ...(values["trust-proxy"] && { trustProxy: true }),
    ...readExpiredStatus(values),
    ...readPublicUrl(values),
    ...(values.spec !== undefined && { spec: await readSpec(values.spec) }),
  };
}

/** JavaScript numbers are precise enough for samples: integers over 2^53 are rounded. */
async function readSpec(file: string): Promise<JsonObject> {
  const { document } = await loadSpec(file);
  return JSON.parse(toJsonText(document)) as JsonObject;
}

/**
 * Reads `--fault`: names of codes and faults, optionally with a count.
 *
 * @throws {InputError} For a name that is neither.
 */
export function readFaults(list: string | undefined): Provocation[] {
  if (list === undefined) return [];
  return list.split(",").map((item) => {
    const [, name = "", times = "1"] = /^\s*([\w-]+)(?:\*(\d+))?\s*$/.exec(item) ?? [];
    const code = errorCodes.find((known) => known === name);
    if (code) return { code, times: Number(times) };
    const fault = faultNames.find((known) => known === name);
    if (fault) return { fault, times: Number(times) };
    throw new InputError(
      `--fault: ${JSON.stringify(item.trim())} is no error code and none of ${faultNames.join(", ")}`,
    );
  });
}

function readExpiredStatus(values: EmulatorCommandOptions): { expiredStatus?: 403 | 404 } {
  const text = values["expired-status"];
  if (text === undefined) return {};
  if (text === "403" || text === "404") return { expiredStatus: text === "403" ? 403 : 404 };
  throw new InputError(`--expired-status must be 403 or 404, not ${JSON.stringify(text)}`);
}

function readPublicUrl(values: EmulatorCommandOptions): { publicUrl?: string } {
  const url = values["public-url"];
  if (url === undefined) return {};
  if (URL.canParse(url) && /^https?:\/\//.test(url)) return { publicUrl: url };
  throw new InputError(`--public-url must be an http:// or https:// address, not ${url}`);
}

function readInteger(
  values: EmulatorCommandOptions,
  name: NumberOption,
  most?: number,
): number | undefined {
  const number = readNumber(values, name, most);
  if (number === undefined || Number.isInteger(number)) return number;
  throw new InputError(`--${name} must be a whole number, not ${number}`);
}

function readNumber(
  values: EmulatorCommandOptions,
  name: NumberOption,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? "of 0 or more" : `from 0 to ${most}`;
  throw new InputError(`--${name} must be a number ${range}, not ${JSON.stringify(text)}`);
}
