import { isStringArray, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import type { Alternative, PresenceConstraint } from "../presence/index.js";

/** The schema that openapi-typescript writes as `never`. */
const NEVER = false;

/**
 * Spells out what a schema says about the presence of its fields as alternatives whose types exclude
 * each other: "exactly one of a, b" becomes `{ a: A; b?: never } | { a?: never; b: B }`, joined to the
 * other properties. The related properties move into the alternatives, their comments with them.
 */
export function withExclusiveUnions(
  schema: JsonObject,
  constraints: readonly PresenceConstraint[],
): JsonObject {
  if (constraints.length === 0) return schema;
  const properties = { ...objectAt(schema, "properties") };
  const required = new Set(isStringArray(schema["required"]) ? schema["required"] : []);
  const unions: JsonObject[] = [];
  const moved = new Set<string>();

  for (const { fields, alternatives } of constraints) {
    const [only, ...others] = alternatives.map((alternative) =>
      asObjectSchema(fields, alternative, properties),
    );
    if (only && others.length === 0) {
      Object.assign(properties, only.properties);
      for (const field of only.required) required.add(field);
    } else {
      unions.push({ oneOf: [only, ...others] });
      for (const field of fields) moved.add(field);
    }
  }

  const members: unknown = schema["allOf"];
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([field]) => !moved.has(field)),
    ),
    required: [...required].filter((field) => !moved.has(field)),
    allOf: [...(Array.isArray(members) ? (members as unknown[]) : []), ...unions],
  };
}

function asObjectSchema(fields: readonly string[], alternative: Alternative, known: JsonObject) {
  // A field that is described elsewhere (another member of an allOf) keeps that type: here any will do.
  const schemaOf = (field: string) => (Object.hasOwn(known, field) ? known[field] : {});
  const states = fields.map((field, index) => [field, alternative[index]] as const);
  return {
    type: "object",
    properties: Object.fromEntries(
      states.map(([field, state]) => [field, state === "absent" ? NEVER : schemaOf(field)]),
    ),
    required: states.flatMap(([field, state]) => (state === "required" ? [field] : [])),
  };
}
