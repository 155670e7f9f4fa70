import { behaviour } from "../../generated/behaviour.js";
import { isObject, objectAt, stringsAt } from "../../openapi/json.js";
import { fromPointer } from "../../openapi/pointer.js";
import { matches } from "../document/string-keywords.js";
import { withinTime } from "../document/time-limit.js";
import type { ErrorObject } from "../document/validator.js";
import type { Detail } from "./refusal.js";

/** More than anyone would read. A hostile body may break thousands of rules at once. */
const MAX_DETAILS = 20;

/** This much of a body is enough to explain what is wrong with it. */
const MAX_VALUES = 2000;
const MAX_MEMBERS = 100;

/**
 * Turns the errors of a validator into `error.details`: one entry for each broken rule, in the
 * service's words. Rules on which fields go together are told as one sentence instead of one error a
 * branch.
 */
export function explainErrors(errors: readonly ErrorObject[]): Detail[] {
  const rules = errors.filter((error) => fieldsOfPresenceRule(error).length > 0);
  const branches = rules.map((rule) => `${rule.schemaPath}/`);
  const own = errors.filter(
    (error) => !branches.some((branch) => error.schemaPath.startsWith(branch)),
  );
  const others = own.filter((error) => !rules.includes(error));
  const presence = own.filter((error) => rules.includes(error));
  const details = [...others.map(explainError), ...presence.map(explainPresence)];
  const distinct = new Map(details.map((detail) => [JSON.stringify(detail), detail]));
  return [...distinct.values()].slice(0, MAX_DETAILS);
}

/** Keywords whose errors remain whatever is added to a list or an object. */
const LASTING = new Set([
  "additionalProperties",
  "maxItems",
  "maxProperties",
  "propertyNames",
  "type",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

export interface Excerpt {
  /** A part of the value that is small enough to list all its errors: long lists and objects are cut. */
  value: unknown;
  /** Whether an error of the excerpt is one of the whole value too. */
  holds: (error: ErrorObject) => boolean;
}

export function excerptOf(whole: unknown): Excerpt {
  const shortened = new Set<unknown>();
  let left = MAX_VALUES;
  return {
    value: cut(whole),
    holds: ({ data, keyword }) => !shortened.has(data) || LASTING.has(keyword),
  };

  function cut(part: unknown): unknown {
    if (!Array.isArray(part) && !isObject(part)) return part;
    const members = Object.entries(part);
    const kept = members.slice(0, Math.min(MAX_MEMBERS, left));
    left -= kept.length;
    const copies = kept.map(([name, member]) => [name, cut(member)] as const);
    const copy = Array.isArray(part)
      ? copies.map(([, member]) => member)
      : Object.fromEntries(copies);
    if (kept.length < members.length) shortened.add(copy);
    return copy;
  }
}

/** The fields that a `oneOf`, `anyOf` or `not` is about if it only says which are present. */
function fieldsOfPresenceRule(error: ErrorObject): string[] {
  if (!["oneOf", "anyOf", "not"].includes(error.keyword)) return [];
  const branches: unknown[] = Array.isArray(error.schema) ? error.schema : [error.schema];
  const isPresence = branches.every(
    (branch) => isObject(branch) && Array.isArray(branch["required"]),
  );
  return isPresence
    ? [...new Set(branches.flatMap((branch) => stringsAt(branch, "required")))]
    : [];
}

function explainPresence(error: ErrorObject): Detail {
  const fields = fieldsOfPresenceRule(error);
  const data: unknown = error.data;
  const given = fields.filter((field) => isObject(data) && Object.hasOwn(data, field));
  const { bothGiven, noneGiven } = behaviour.details;
  const template = given.length > 1 || error.keyword === "not" ? bothGiven.text : noneGiven.text;
  return {
    ...fieldDetail(error.instancePath, given[0] ?? fields[0]),
    message: template.replace("{fields}", fields.join(" or ")),
  };
}

function explainError(error: ErrorObject): Detail {
  const params = objectAt(error.params);
  const property = ["missingProperty", "additionalProperty", "unevaluatedProperty", "propertyName"]
    .map((name) => params[name])
    .find((name) => typeof name === "string");
  const detail = fieldDetail(error.instancePath, property);
  const { field = "body" } = detail;
  const known: Record<string, { text: string } | undefined> = behaviour.details.fields;
  const message =
    known[field]?.text ??
    behaviour.details.invalid.text
      .replace("{field}", () => field)
      .replace("{reason}", () => reasonOf(error));
  return { ...detail, message };
}

function reasonOf(error: ErrorObject): string {
  const params = objectAt(error.params);
  switch (error.keyword) {
    case "required":
      return "it is missing";
    case "additionalProperties":
    case "unevaluatedProperties":
      return "there is no such field";
    case "false schema":
      return "it must not be sent";
    case "enum":
      return `it is none of ${stringsAt(params, "allowedValues").join(", ")}`;
    case "pattern":
      return explainPattern(String(params["pattern"]), error.data);
    default:
      return error.message ?? "it is invalid";
  }
}

/** Says in words what a pattern requires, as far as the value shows it. */
function explainPattern(pattern: string, value: unknown): string {
  if (pattern.startsWith("^https://")) return "it is not an https:// address";
  if (pattern.startsWith("^data:image/")) return "it is not a data URL (data:image/…;base64,…)";
  if (typeof value === "string" && value.length < 10_000) {
    const onOneLine = value.replaceAll(/[\n\r\u2028\u2029]+/g, " ");
    if (onOneLine !== value && soonMatches(pattern, onOneLine)) return "it has a line break";
    const isAboutLinks = /\[Hh\]\[Tt\]\[Tt\]\[Pp\]|https?/.test(pattern) && /http/i.test(value);
    if (isAboutLinks) return "it has a link";
  }
  return "it is not of the form that the spec describes";
}

/** Whether a text matches a pattern, as far as that can be said at once. */
function soonMatches(pattern: string, text: string): boolean {
  try {
    return withinTime(100, () => matches(pattern, text));
  } catch {
    return false;
  }
}

/** `/image_urls/1` becomes `image_urls[1]`. The body as a whole has no field. */
function fieldDetail(instancePath: string, property?: string): { field?: string } {
  const keys = [...fromPointer(instancePath), ...(property === undefined ? [] : [property])];
  const field = keys.reduce((path, key) => {
    if (/^\d+$/.test(key)) return `${path}[${key}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
  return field === "" ? {} : { field };
}
