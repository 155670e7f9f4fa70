import { isStringArray, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import type { Alternative, PresenceConstraint } from "../presence/index.js";
import { excludedPlaceholder } from "./placeholder.js";

/** The schema that openapi-typescript writes as `never`. */
const NEVER = false;

/** The same as a named type. */
const EXCLUDED = excludedPlaceholder();

/**
 * Expresses what a schema says about the presence of its fields as alternatives whose types exclude
 * each other: "exactly one of a, b" becomes `{ a: A; b?: never } | { a?: never; b: B }`,
 * intersected with the other properties. The related properties move into the alternatives, with
 * their comments.
 *
 * Only the first choice uses `never`. With it, the compiler rules out alternatives before it
 * compares a value with one, and its message quotes all that remain: with two such choices nobody
 * could tell which field is missing.
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
  const firstChoice = constraints.find(({ alternatives }) => isChoice(alternatives));

  for (const constraint of constraints) {
    const { fields, alternatives } = constraint;
    const isFurther = alternatives.length > 1 && firstChoice && constraint !== firstChoice;
    const excluded = isFurther ? EXCLUDED : NEVER;
    const [only, ...others] = alternatives.map((alternative) =>
      asObjectSchema(fields, alternative, properties, excluded),
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

/** Whether each of the alternatives requires a field. */
function isChoice(alternatives: readonly Alternative[]): boolean {
  return alternatives.length > 1 && alternatives.every((one) => one.includes("required"));
}

function asObjectSchema(
  fields: readonly string[],
  alternative: Alternative,
  known: JsonObject,
  excluded: unknown,
) {
  // A field that is described elsewhere (in another member of an allOf) keeps that type: any type
  // will do here.
  const schemaOf = (field: string) => (Object.hasOwn(known, field) ? known[field] : {});
  const states = fields.map((field, index) => [field, alternative[index]] as const);
  return {
    type: "object",
    properties: Object.fromEntries(
      states.map(([field, state]) => [field, state === "absent" ? excluded : schemaOf(field)]),
    ),
    required: states.flatMap(([field, state]) => (state === "required" ? [field] : [])),
  };
}
