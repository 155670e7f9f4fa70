import type { ErrorCode } from "../../generated/errors.js";
import { isObject } from "../../openapi/json.js";
import type { Detail } from "../api/refusal.js";
import { catalogued, messageOf } from "../api/reply.js";
import {
  checkMembers,
  milliseconds,
  oneOf,
  text,
  wholeNumberBetween,
  type Check,
} from "../checks.js";

/**
 * When a fault is applied: `before` anything was done, `during` the work (nothing is kept, nothing
 * charged), or `after` the work was done and charged, so that only its answer is lost.
 */
export type FaultMoment = "before" | "during" | "after";
const faultMoments: readonly FaultMoment[] = ["before", "during", "after"];

/** Faults of the connection or of an answer's form, and when each is applied by default. */
export const faults = {
  /** The connection is reset instead of an answer. */
  reset: "before",
  /** No answer comes, the connection stays open. */
  "no-answer": "before",
  /** The answer comes `delayMs` late (default 1000). */
  "slow-answer": "after",
  /** Half of the body comes, then nothing; the connection stays open. */
  "stalled-body": "after",
  /** Half of the body comes, then the connection closes. */
  "cut-body": "after",
  /** `status` (default 502) without a body. */
  "empty-body": "before",
  /** `status` (default 502) with a page of HTML. */
  html: "before",
  /** 200 with a body that is not JSON. */
  "malformed-json": "after",
  /** 200 with the first half of the JSON, correctly framed. */
  "truncated-json": "after",
  /** The right JSON, announced as text. */
  "wrong-content-type": "after",
  /** 200 with the JSON value `null`. */
  "null-body": "after",
  /** 200 with JSON of another shape. */
  "wrong-shape": "after",
  /** An error envelope without a code, with `status` (default 500). */
  "missing-code": "before",
  /** An error envelope with a code nobody has published, with `status` (default 400). */
  "foreign-code": "before",
  /** `status` (default 302) to `location` (default: this emulator under another origin). */
  redirect: "before",
  /** A `Content-Length` of half of what is sent. */
  "wrong-length": "after",
  /** A body that never ends. */
  "endless-body": "after",
  /** A body of `bytes` (default 1 GiB). */
  "huge-body": "after",
} as const satisfies Record<string, FaultMoment>;

/** The faults that can be provoked. */
export type FaultName = keyof typeof faults;
/** Every fault that can be provoked. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** Which requests a fault is applied to. */
export interface FaultTarget {
  /** An `operationId`, or a path of the spec. @default Every operation */
  operation?: string;
  /** An HTTP method. @default Every method */
  method?: string;
  /** How many requests it is applied to. @default 1 */
  times?: number;
  /** How many matching requests pass first. @default 0 */
  skip?: number;
  /** When it is applied. @default `before` for an error code; each fault has a default of its own */
  when?: FaultMoment;
}

/** The next matching request is answered with an error code. */
export interface CodeProvocation extends FaultTarget {
  /** A published code, or one of your own with its `status`. */
  code: ErrorCode | (string & {});
  /** @default The published status; required for a code that is not published */
  status?: number;
  /** What the envelope says. @default What is published about the code */
  message?: string;
  /** The fields that are wrong; published with `VALIDATION_ERROR` only. */
  details?: Detail[];
  /** Value of `Retry-After`: seconds or an HTTP date. */
  retryAfter?: number | string;
}

/** The next matching request meets a broken connection or a broken answer. */
export interface FaultProvocation extends FaultTarget {
  /** Which fault. */
  fault: FaultName;
  /** The HTTP status, for the faults that have one. */
  status?: number;
  /** For `slow-answer`: milliseconds. */
  delayMs?: number;
  /** For `redirect`. */
  location?: string;
  /** For `huge-body`. */
  bytes?: number;
}

/** What `Emulator.provoke` takes. */
export type Provocation = CodeProvocation | FaultProvocation;

export function momentOf(provocation: Provocation): FaultMoment {
  if (provocation.when) return provocation.when;
  return "fault" in provocation ? faults[provocation.fault] : "before";
}

/** What the envelope of a provoked code says. */
export function errorFieldsOf({ code, status, message, details, retryAfter }: CodeProvocation) {
  const known = catalogued(code);
  return {
    code,
    status: status ?? known?.status ?? 500,
    message: message ?? (known ? messageOf(code) : `Provoked ${code}.`),
    details,
    retryAfter,
  };
}

/** Text that a header may hold (RFC 9110, section 5.5): a line break in one would end the process. */
const headerText: Check = {
  isValid: (value) => typeof value === "string" && /^[\x20-\x7e]+$/.test(value),
  expected: "printable ASCII text",
};

const checks: Readonly<Record<string, Check>> = {
  code: text,
  fault: oneOf(faultNames),
  operation: text,
  method: text,
  times: wholeNumberBetween(0, 1_000_000),
  skip: wholeNumberBetween(0, 1_000_000),
  when: oneOf(faultMoments),
  status: wholeNumberBetween(200, 599),
  message: text,
  details: { isValid: isDetails, expected: "a list of objects with a message and perhaps a field" },
  retryAfter: {
    isValid: (value) => milliseconds.isValid(value) || headerText.isValid(value),
    expected: "a number of seconds or an HTTP date",
  },
  delayMs: milliseconds,
  location: headerText,
  bytes: wholeNumberBetween(0, 2 ** 40),
};

/**
 * Checks a provocation that comes from outside.
 *
 * @throws {TypeError} With what is wrong with it.
 */
export function checkProvocation(value: unknown): asserts value is Provocation {
  if (!isObject(value)) throw new TypeError("a provocation must be an object with code or fault");
  const { code, fault, status } = value;
  if ((code === undefined) === (fault === undefined))
    throw new TypeError("a provocation must have either code or fault");
  checkMembers(value, checks);
  if (typeof code === "string" && !catalogued(code) && status === undefined)
    throw new TypeError(
      `the code ${JSON.stringify(code)} is not published; say which status it comes with`,
    );
}

function isDetails(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (detail) =>
        isObject(detail) &&
        typeof detail["message"] === "string" &&
        ["string", "undefined"].includes(typeof detail["field"]),
    )
  );
}
