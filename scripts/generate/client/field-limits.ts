import {
  isObject,
  listAt,
  objectAt,
  stringsAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { toJsonText } from "../../lib/json-text.js";

/**
 * The limits of a body's fields that its type does not show, one line each: "- `title`: at most 200
 * characters".
 */
export function fieldLimits(document: JsonObject, schema: unknown): string[] {
  const properties = propertiesOf(document, schema);
  return Object.entries(properties).flatMap(([name, value]) => {
    const limits = limitsOf(dereference(document, value));
    return limits.length > 0 ? [`- \`${name}\`: ${limits.join(", ")}`] : [];
  });
}

/** The limits of a value in words: `1 to 3000 characters`. */
export function limitsOf(schema: JsonObject): string[] {
  return [
    ...range(schema, "minLength", "maxLength", "character"),
    ...range(schema, "minItems", "maxItems", "item"),
    ...range(schema, "minimum", "maximum", ""),
    ...("default" in schema ? [`default \`${toJsonText(schema["default"], 0)}\``] : []),
  ];
}

function range(schema: JsonObject, least: string, most: string, unit: string): string[] {
  const [from, to] = [schema[least], schema[most]];
  const counted = (count: number) => (unit === "" ? "" : ` ${unit}${count === 1 ? "" : "s"}`);
  if (typeof from === "number" && typeof to === "number") {
    return [from === to ? `${from}${counted(to)}` : `${from} to ${to}${counted(to)}`];
  }
  if (typeof from === "number")
    return from === 0 && unit ? [] : [`at least ${from}${counted(from)}`];
  return typeof to === "number" ? [`at most ${to}${counted(to)}`] : [];
}

/** A schema's properties, including those of the schemas it is composed of. */
export function propertiesOf(
  document: JsonObject,
  schema: unknown,
  known = new Map<JsonObject, JsonObject>(),
): JsonObject {
  const one = dereference(document, schema);
  const read = known.get(one);
  if (read) return read;
  known.set(one, {}); // In case a schema is composed of itself.
  const members = ["allOf", "oneOf", "anyOf"].flatMap((keyword) =>
    listAt(one, keyword)
      .filter(isObject)
      .map((member) => propertiesOf(document, member, known)),
  );
  const own = objectAt(one, "properties");
  // Its own properties come first, and win: an alternative may mention a field only to forbid it.
  const properties = Object.assign({}, own, ...members, own) as JsonObject;
  known.set(one, properties);
  return properties;
}

/** The properties that a schema requires, including those that its `allOf` requires. */
export function requiredOf(document: JsonObject, schema: JsonObject): Set<string> {
  const parts = [schema, ...listAt(schema, "allOf").map((part) => dereference(document, part))];
  return new Set(parts.flatMap((part) => stringsAt(part, "required")));
}
