import {
  isObject,
  isStringArray,
  listAt,
  objectAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { valueAt } from "../../../src/openapi/pointer.js";
import { dereference } from "../../../src/openapi/references.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import { isJsonSchemaVersion, openApiVersion } from "../../../src/openapi/version.js";
import { all, any, implies, isPresent, NEVER, not } from "./condition.js";
import {
  alternatives,
  ANNOTATIONS,
  ANYTHING,
  consequence,
  incomplete,
  isAnything,
  isOnlyPresence,
  saying,
  SOMETHING_ELSE,
  together,
  type Reading,
} from "./reading.js";

/** Reads the schemas of one document, each at most once, however often it is referred to. */
export class PresenceReader {
  readonly #document: JsonObject;
  readonly #siblingsOfRefApply: boolean;
  readonly #readings = new Map<JsonObject, Reading>();

  constructor(document: JsonObject) {
    const version = openApiVersion(document);
    this.#document = document;
    this.#siblingsOfRefApply = version === undefined || isJsonSchemaVersion(version);
  }

  read(schema: unknown): Reading {
    if (schema === true) return ANYTHING;
    if (schema === false) return { ...ANYTHING, condition: NEVER };
    if (!isObject(schema)) return SOMETHING_ELSE;
    const known = this.#readings.get(schema);
    if (known) return known;
    this.#readings.set(schema, SOMETHING_ELSE); // In case a schema refers to itself.
    const reading = together(
      this.#keywordsOf(schema).map((keyword) => this.readKeyword(keyword, schema)),
    );
    this.#readings.set(schema, reading);
    return reading;
  }

  #keywordsOf(schema: JsonObject): string[] {
    const keywords = Object.keys(schema);
    return keywords.includes("$ref") && !this.#siblingsOfRefApply ? ["$ref"] : keywords;
  }

  /** What one keyword of a schema says, including the keywords that it depends on. */
  readKeyword(keyword: string, schema: JsonObject): Reading {
    const value = schema[keyword];
    switch (keyword) {
      case "$ref":
        return this.read(this.#referredTo(value));
      case "type":
        return value === "object" ? ANYTHING : SOMETHING_ELSE;
      case "required":
        return isStringArray(value) ? saying(all(value.map(isPresent))) : SOMETHING_ELSE;
      case "properties":
        return isObject(value) ? together(Object.entries(value).map(readProperty)) : SOMETHING_ELSE;
      case "additionalProperties":
        if (isAnything(value)) return ANYTHING;
        return value === false && !("patternProperties" in schema)
          ? closed(schema)
          : SOMETHING_ELSE;
      case "unevaluatedProperties":
        if (isAnything(value)) return ANYTHING;
        return value === false && !APPLICATORS.some((other) => other in schema)
          ? closed(schema)
          : SOMETHING_ELSE;
      case "minProperties":
      case "maxProperties":
        return readCount(schema, keyword);
      case "dependentRequired":
        return isObject(value)
          ? together(Object.entries(value).map(readDependency))
          : SOMETHING_ELSE;
      case "dependentSchemas":
        return isObject(value)
          ? together(
              Object.entries(value).map(([field, inner]) =>
                consequence(isPresent(field), this.read(inner)),
              ),
            )
          : SOMETHING_ELSE;
      case "allOf":
        return together(listAt(schema, "allOf").map((member) => this.read(member)));
      case "anyOf":
      case "oneOf":
        return alternatives(
          keyword,
          listAt(schema, keyword).map((member) => this.read(member)),
        );
      case "not": {
        const inner = this.read(value);
        return isOnlyPresence(inner) ? saying(not(inner.condition)) : SOMETHING_ELSE;
      }
      case "if":
        return this.#readIf(schema);
      case "then":
      case "else":
        return ANYTHING; // Read with `if`; without one they have no meaning.
      default:
        return ANNOTATIONS.has(keyword) || keyword.startsWith("x-") ? ANYTHING : SOMETHING_ELSE;
    }
  }

  /** Skips schemas that are only references: a chain of them may be long. */
  #referredTo(reference: unknown): unknown {
    const pointer = typeof reference === "string" ? targetOf(this.#document, reference) : undefined;
    const value = pointer === undefined ? undefined : valueAt(this.#document, pointer);
    const isOnlyReference = isObject(value) && Object.keys(value).join() === "$ref";
    return isOnlyReference ? dereference(this.#document, value) : value;
  }

  #readIf({ if: premise, then: consequent = true, else: alternative = true }: JsonObject): Reading {
    const { condition, ...rest } = this.read(premise);
    const branches = [this.read(consequent), this.read(alternative)] as const;
    if (isOnlyPresence({ condition, ...rest })) {
      return together([
        consequence(condition, branches[0]),
        consequence(not(condition), branches[1]),
      ]);
    }
    return incomplete(any(branches.map((branch) => branch.condition)), branches);
  }
}

/** Keywords whose schemas apply to the same object. */
const APPLICATORS = ["$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"];

function readProperty([field, schema]: [string, unknown]): Reading {
  if (isNothing(schema)) return saying(not(isPresent(field)));
  return isAnything(schema) ? ANYTHING : { ...ANYTHING, fields: new Map([[field, [schema]]]) };
}

function readDependency([field, needs]: [string, unknown]): Reading {
  if (!isStringArray(needs)) return SOMETHING_ELSE;
  return saying(implies(isPresent(field), all(needs.map(isPresent))));
}

function closed(schema: JsonObject): Reading {
  const fields = new Set(Object.keys(objectAt(schema, "properties")));
  return { ...ANYTHING, condition: { kind: "only", fields }, isClosed: true };
}

/** The number of fields is only known for an object that excludes unnamed fields. */
function readCount(schema: JsonObject, keyword: "minProperties" | "maxProperties"): Reading {
  const bound = schema[keyword];
  const isClosed = schema["additionalProperties"] === false && !("patternProperties" in schema);
  if (!isClosed || typeof bound !== "number") return SOMETHING_ELSE;
  const members = Object.keys(objectAt(schema, "properties")).map(isPresent);
  return saying({
    kind: "count",
    members,
    ...(keyword === "minProperties" ? { min: bound, max: members.length } : { min: 0, max: bound }),
  });
}

/** OpenAPI 3.0 has no boolean schemas and writes "no value is valid" as `{ not: {} }`. */
function isNothing(schema: unknown): boolean {
  if (schema === false) return true;
  return isObject(schema) && Object.keys(schema).join() === "not" && isAnything(schema["not"]);
}
