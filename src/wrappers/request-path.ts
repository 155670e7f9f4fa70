import type { OperationFacts } from "../generated/operations.js";
import { isObject } from "../openapi/json.js";
import { PikzelsInputError } from "./errors/classes.js";
import { serializeParameter } from "./parameters.js";

const MAX_LENGTH = 200;

/**
 * Dot segments, slashes and control characters, percent-encoded ones too: a server may decode them.
 */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const PATH_CHANGING = /^(\.|%2e){1,2}$|[/\\\x00-\x1f\x7f]|%(2f|5c|[01][\da-f]|7f)/i;

/**
 * Fills the parameters of a path template with values, in the style that the document gives them. A
 * parameter without a style is an id, written as text.
 *
 * @throws {PikzelsInputError} for a value that would change the path; the message marks it.
 */
export function fillPath(
  { path: template, parameters = [] }: Pick<OperationFacts, "path" | "parameters">,
  valueOf: (parameter: string, index: number) => unknown,
): string {
  let index = 0;
  return template.replaceAll(/\{([^{}]+)\}/g, (_braced, name: string, offset: number) => {
    const value = valueOf(name, index++);
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    const isAllowed = parameter ? scalarsOf(value).every(isSegment) : isId(value);
    if (!isAllowed) throw wrongId(template.slice(0, offset), value);
    return serializeParameter(name, value, parameter ?? { name, in: "path" });
  });
}

/** The values inside a list or an object: every item, or every key and value. */
function scalarsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length > 0 ? value : [undefined];
  return isObject(value) ? Object.entries(value).flat() : [value];
}

function isSegment(value: unknown): boolean {
  return typeof value === "boolean" || Number.isFinite(value) || isId(value);
}

/** Whether a value is safe as a segment of a path. */
function isId(value: unknown): boolean {
  if (typeof value !== "string" || value === "" || value.length > MAX_LENGTH) return false;
  if (PATH_CHANGING.test(value)) return false;
  try {
    return encodeURIComponent(value) !== "";
  } catch {
    return false; // A lone surrogate: not well-formed Unicode.
  }
}

function wrongId(before: string, id: unknown): PikzelsInputError {
  const shown = typeof id === "string" ? JSON.stringify(id.slice(0, 40)).slice(1, -1) : typeof id;
  return new PikzelsInputError(
    `This id is empty, of a wrong type, over ${MAX_LENGTH} characters, or would change the path: ${before}[${shown}]. Pass the id as the API gave it.`,
  );
}
