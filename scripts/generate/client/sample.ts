import { isObject, listAt, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { patternMatches } from "../../lib/pattern-matches.js";
import { requiredOf } from "./field-limits.js";
import { presenceOfObject } from "../presence/index.js";

const MAX_DEPTH = 6;

/**
 * The smallest value that shows how a request is written: the schema's own example, or else its
 * required parts, with one choice if there are several.
 */
export function sampleOf(document: JsonObject, schema: unknown, depth = 0): unknown {
  const one = dereference(document, schema);
  const [given] = [one["example"], ...listAt(one, "examples"), one["const"], one["default"]].filter(
    (value) => value !== undefined,
  );
  if (given !== undefined) return given;
  const [option] = listAt(one, "enum");
  if (option !== undefined) return option;
  const types = [one["type"]].flat();
  if (types.includes("object") || isObject(one["properties"]) || "allOf" in one) {
    return depth > MAX_DEPTH ? {} : sampleObject(document, one, depth);
  }
  if (types.includes("array")) {
    if (depth > MAX_DEPTH) return [];
    const count = Math.min(Math.max(Number(one["minItems"] ?? 1), 1), depth > 1 ? 1 : 10);
    return Array<unknown>(count).fill(sampleOf(document, one["items"], depth + 1));
  }
  const [branch] = [...listAt(one, "oneOf"), ...listAt(one, "anyOf")];
  if (branch !== undefined && depth <= MAX_DEPTH) return sampleOf(document, branch, depth + 1);
  return sampleScalar(one, types);
}

/** Required fields, plus the first of any group of fields of which one must be given. */
function sampleObject(document: JsonObject, schema: JsonObject, depth: number): JsonObject {
  const { rules, fields } = presenceOfObject(document, schema);
  const parts = [schema, ...listAt(schema, "allOf").map((part) => dereference(document, part))];
  const required = requiredOf(document, schema);
  for (const { kind, fields: related } of rules) {
    const needsOne = kind === "exactly-one" || kind === "at-least-one";
    const [first] = related;
    if (needsOne && first !== undefined && !related.some((field) => required.has(field))) {
      required.add(first);
    }
  }
  const known = (field: string) =>
    parts.map((part) => objectAt(part, "properties")[field]).find((one) => one !== undefined) ??
    fields.get(field)?.[0];
  return Object.fromEntries(
    [...required].map((field) => [field, sampleOf(document, known(field), depth + 1)]),
  );
}

const IMAGES = ["https://example.com/image.png", "data:image/png;base64,iVBORw0KGgo="];
const FORMATS: Record<string, string> = {
  uri: "https://example.com",
  uuid: "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234",
  date: "2026-11-27",
  "date-time": "2026-11-27T12:00:00Z",
  email: "ada@example.com",
};

function sampleScalar({ format, pattern, minimum, minLength }: JsonObject, types: unknown[]) {
  if (types.includes("integer") || types.includes("number")) return Number(minimum ?? 1);
  if (types.includes("boolean")) return true;
  const text = FORMATS[String(format)] ?? "text".padEnd(Math.min(Number(minLength ?? 0), 80), ".");
  if (typeof pattern !== "string") return text;
  return [text, ...IMAGES].find((one) => patternMatches(pattern, one)) ?? text;
}
