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
  const choices = constraints.filter(({ alternatives }) => isChoice(alternatives));

  for (const constraint of constraints) {
    const { fields, alternatives } = constraint;
    const excludedOf = (field: string) => (isNever(constraint, choices, field) ? NEVER : EXCLUDED);
    const [only, ...others] = alternatives.map((alternative) =>
      asObjectSchema(fields, alternative, properties, excludedOf),
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

/**
 * Whether an alternative excludes a field as `never`, and not as a type that no value has.
 *
 * By a field that is `never` in some alternatives, the compiler rules those out before it compares
 * a value with one. If two fields of a literal exclude each other, it then names the field and the
 * value's type once; but if another field is missing, its message quotes all alternatives that
 * remain. So the fields of an only choice are `never`. Of several choices, and of fields of which
 * none is needed, what is given first should not rule out anything.
 */
function isNever(
  { fields, alternatives }: PresenceConstraint,
  choices: readonly PresenceConstraint[],
  field: string,
): boolean {
  if (alternatives.length < 2 || choices.length === 0) return true;
  const choice = choices.findIndex((one) => one.alternatives === alternatives);
  if (choice > 0) return false;
  return (choice === 0 && choices.length === 1) || field !== fields[0];
}

/** Whether each of the alternatives requires a field. */
function isChoice(alternatives: readonly Alternative[]): boolean {
  return alternatives.length > 1 && alternatives.every((one) => one.includes("required"));
}

function asObjectSchema(
  fields: readonly string[],
  alternative: Alternative,
  known: JsonObject,
  excludedOf: (field: string) => unknown,
) {
  // A field that is described elsewhere (in another member of an allOf) keeps that type: any type
  // will do here.
  const schemaOf = (field: string) => (Object.hasOwn(known, field) ? known[field] : {});
  const states = fields.map((field, index) => [field, alternative[index]] as const);
  return {
    type: "object",
    properties: Object.fromEntries(
      states.map(([field, state]) => [
        field,
        state === "absent" ? excludedOf(field) : schemaOf(field),
      ]),
    ),
    required: states.flatMap(([field, state]) => (state === "required" ? [field] : [])),
  };
}
