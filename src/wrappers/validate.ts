import { PikzelsInputError } from "./errors/classes.js";
import { nearestName } from "./nearest-name.js";
import { toLine } from "./redact.js";

/** Checks the value of an option. @throws {PikzelsInputError} if it cannot be right. */
export type Check = (name: string, value: unknown) => void;

/**
 * Returns a checked copy of the options; those that are `undefined` count as not given.
 *
 * @throws {PikzelsInputError} for a value that cannot be right, and for an unknown option, with the
 * known one that is nearest.
 */
export function checkOptions<Options extends object>(
  of: string,
  given: Options,
  checks: Readonly<Record<string, Check>>,
): Options {
  if (typeof given !== "object" || (given as unknown) === null || Array.isArray(given)) {
    throw new PikzelsInputError(`${of} takes an object of options, not ${describe(given)}.`);
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of entries) {
    if (!Object.hasOwn(checks, name)) throw unknownOption(of, name, Object.keys(checks));
    checks[name]?.(name, value);
  }
  return Object.fromEntries(entries) as Options;
}

function unknownOption(of: string, name: string, known: string[]): PikzelsInputError {
  const near = nearestName(name, known);
  const hint = near ? `did you mean ${near}?` : `it has ${known.join(", ")}.`;
  return new PikzelsInputError(`${of} has no option ${toLine(name, 50)}: ${hint}`);
}

/**
 * @throws {PikzelsInputError} that says what an option must be, without quoting any text from it.
 */
export function refuseOption(name: string, wanted: string, value: unknown): never {
  throw new PikzelsInputError(`${name} must be ${wanted}, not ${describe(value)}.`);
}

/** Text is not shown: it may be a key that was passed as the wrong option. */
function describe(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return `${value}`;
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return "an array";
  return /^[aeiou]/.test(typeof value) ? `an ${typeof value}` : `a ${typeof value}`;
}

/** The class of an object, for which `instanceof` fails if it is of another realm, as in Jest. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

export function isBlob(value: unknown): value is Blob {
  return /^(Blob|File)$/.test(tagOf(value));
}

/** For options that are checked when they are used. */
export function checkAny(): void {
  // Accepts any value.
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") refuseOption(name, "a function", value);
}

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") refuseOption(name, "true or false", value);
}

/** Checked by shape: the signal may come from another realm. */
export function checkSignal(name: string, value: unknown): void {
  const signal = Object(value) as Record<string, unknown>;
  const methods = ["addEventListener", "removeEventListener", "throwIfAborted"];
  const hasMethods = methods.every((name) => typeof signal[name] === "function");
  if (typeof signal["aborted"] === "boolean" && hasMethods) return;
  refuseOption(name, "an AbortSignal (controller.signal)", value);
}

export function checkMs(name: string, value: unknown): void {
  if (typeof value === "number" && value > 0) return;
  refuseOption(name, "a number of milliseconds above 0", value);
}

export function checkCount(name: string, value: unknown, least = 0): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  refuseOption(name, `a whole number from ${least} on`, value);
}

export function checkPositiveCount(name: string, value: unknown): void {
  checkCount(name, value, 1);
}

/** Headers that only the transport sets: the key, the address, and the framing of the request. */
const RESERVED_HEADER =
  /^(x-api-key|authorization|cookie|host|content-length|content-type|transfer-encoding|connection|expect|te|trailer|upgrade|proxy-.*)$/;

/** Control characters. `Headers` accepts most of them, and the request might then fail halfway. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]/;

/** What `Headers` accepts. Its global name, `HeadersInit`, does not exist without `lib.dom`. */
export type HeadersInput = ConstructorParameters<typeof Headers>[0];

/**
 * The caller's headers, with lower-case names.
 *
 * @throws {PikzelsInputError} for a header that is not the caller's to set, or that is malformed.
 */
export function checkHeaders(headers: HeadersInput): Record<string, string> {
  if (!headers) return {};
  let entries: [string, string][] | undefined;
  try {
    entries = [...new Headers(headers)];
  } catch {
    // The platform's message would quote the value, which may be a secret.
  }
  if (!entries || entries.some(([, value]) => UNSENDABLE.test(value))) {
    throw new PikzelsInputError("The headers option has a malformed name or value.");
  }
  const reserved = entries.find(([name]) => RESERVED_HEADER.test(name));
  if (reserved) {
    throw new PikzelsInputError(`The header ${reserved[0]} cannot be set by the caller.`);
  }
  return Object.fromEntries(entries);
}
