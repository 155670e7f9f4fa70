import { isObject, listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";
import { valueAt } from "../../openapi/pointer.js";
import { seededRandom } from "../state/seeded-random.js";
import { toJsonSchemas, type Direction } from "./json-schema.js";
import { mergeSchemas } from "./merge-schemas.js";
import { sampleNumber, sampleString } from "./sample-scalars.js";
import { mayBe, propertySchema, requiredProperties, typesOf } from "./schema-reading.js";
import { TimeLimitError, withinTime } from "./time-limit.js";
import { validatorOf } from "./validator.js";

/**
 * The preferred value of a property, used if its schema allows it; `undefined` for no preference.
 * The whole value has an empty name. `sampleWith` samples another schema with other preferences.
 */
export type Preference = (
  name: string,
  schema: JsonObject,
  sampleWith: (schema: JsonObject, prefer: Preference) => unknown,
) => unknown;

export interface SampleOptions {
  /** The same seed gives the same sample. */
  seed: string;
  /** @default No preference */
  prefer?: Preference;
  /** Which way the value travels. @default "response" */
  direction?: Direction;
}

/** How many samples are tried before an invalid one is accepted. */
const ATTEMPTS = 32;
const TIME_LIMIT_MS = 1000;
/** Below this depth optional properties are left out: a schema may contain itself. */
const FULL_DEPTH = 3;
const MAX_DEPTH = 24;

const translations = {
  request: new WeakMap<JsonObject, JsonObject>(),
  response: new WeakMap<JsonObject, JsonObject>(),
};

/**
 * Makes a value that the schema at a JSON Pointer allows. Samples are made in several ways
 * until one is valid: with examples and all properties first, with required ones only, then with other
 * branches of `oneOf`, `anyOf` and `if`.
 *
 * @returns The last sample if none was valid, as for a schema that allows nothing.
 */
export function sampleSchema(
  document: JsonObject,
  pointer: string,
  { seed, prefer = () => undefined, direction = "response" }: SampleOptions,
): unknown {
  const schemas = translations[direction].get(document) ?? toJsonSchemas(document, direction);
  translations[direction].set(document, schemas);
  const { isValid } = validatorOf(document);
  const schema = valueAt(schemas, pointer) ?? true;
  let sample: unknown = {};
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      const random = seededRandom(`${seed} ${attempt}`);
      const sampler = new Sampler(schemas, random, attempt, prefer);
      sample = withinTime(TIME_LIMIT_MS, () => sampler.sampleValue("", schema, 0));
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
      break;
    }
    if (sample !== undefined && isValid(direction, pointer, sample)) return sample;
  }
  return sample ?? {};
}

class Sampler {
  readonly #root: JsonObject;
  readonly #random: () => number;
  readonly #attempt: number;
  readonly #prefer: Preference;

  constructor(root: JsonObject, random: () => number, attempt: number, prefer: Preference) {
    this.#root = root;
    this.#random = random;
    this.#attempt = attempt;
    this.#prefer = prefer;
  }

  get #usesExamples(): boolean {
    return this.#attempt % 4 === 0;
  }

  /** A value for a schema; `undefined` if the schema allows none. */
  sample(schema: unknown, depth = 0): unknown {
    if (schema === false || depth > MAX_DEPTH) return undefined;
    const merged = this.#flatten(isObject(schema) ? schema : {}, depth);
    if (merged === undefined) return undefined;
    if (merged["const"] !== undefined) return merged["const"];
    const options = listAt(merged, "enum");
    if (options.length > 0) return options[this.#attempt % options.length];
    if (this.#usesExamples) {
      const example = [merged["default"], ...listAt(merged, "examples")].find(
        (value) => value !== undefined,
      );
      if (example !== undefined) return example;
    }
    return this.#sampleType(merged, depth);
  }

  #sampleType(schema: JsonObject, depth: number): unknown {
    const types = typesOf(schema);
    const [first] = types.filter((type) => type !== "null");
    switch (first) {
      case "object":
        return this.#sampleObject(schema, depth);
      case "array":
        return this.#sampleArray(schema, depth);
      case "string":
        return sampleString(schema, this.#random);
      case "number":
      case "integer":
        return sampleNumber(schema, first === "integer", this.#random);
      case "boolean":
        return true;
      default:
        return types.includes("null") ? null : {};
    }
  }

  #sampleObject(schema: JsonObject, depth: number): JsonObject {
    const properties = objectAt(schema, "properties");
    const required = requiredProperties(schema);
    const takesOptional = depth < FULL_DEPTH && this.#attempt % 3 !== 2;
    const names = Object.keys(properties).filter((name) => takesOptional && !required.has(name));
    const object: JsonObject = {};
    for (const name of [...required, ...names]) {
      const value = this.sampleValue(name, propertySchema(schema, name), depth + 1);
      if (value !== undefined) object[name] = value;
    }
    const least = Number(schema["minProperties"] ?? 0);
    for (let extra = 1; Object.keys(object).length < least && extra <= 100; extra++) {
      const name = this.#extraName(schema, extra, depth);
      const value = this.sample(propertySchema(schema, name), depth + 1);
      if (value !== undefined) object[name] = value;
    }
    return sortLike(object, Object.keys(properties));
  }

  #extraName(schema: JsonObject, number: number, depth: number): string {
    const patterns = Object.keys(objectAt(schema, "patternProperties"));
    const pattern = patterns[number % patterns.length];
    const names = objectAt(schema, "propertyNames");
    if (Object.keys(names).length > 0)
      return String(this.#sampleUniqueItem({ type: "string", ...names }, number, depth));
    return pattern === undefined ? `extra_${number}` : sampleString({ pattern }, this.#random);
  }

  /** The preferred value if the schema allows it, else a sample. */
  sampleValue(name: string, schema: unknown, depth: number): unknown {
    const hasPreferences = this.#attempt < ATTEMPTS / 2 && schema !== false;
    const flat = hasPreferences ? this.#flatten(isObject(schema) ? schema : {}, depth) : undefined;
    if (flat) {
      const preferred = this.#prefer(name, flat, (other, prefer) => {
        const sampler = new Sampler(this.#root, this.#random, this.#attempt, prefer);
        return sampler.sample(other, depth + 1);
      });
      if (preferred !== undefined && mayBe(preferred, flat)) return preferred;
    }
    return this.sample(schema, depth);
  }

  #sampleArray(schema: JsonObject, depth: number): unknown[] {
    const fixed = listAt(schema, "prefixItems");
    const contains = schema["contains"];
    const needed = contains === undefined ? 0 : Number(schema["minContains"] ?? 1);
    const least = Math.max(Number(schema["minItems"] ?? 0), fixed.length, needed);
    const most = Number(schema["maxItems"] ?? Number.POSITIVE_INFINITY);
    const canHaveMore = schema["items"] !== false && depth < MAX_DEPTH / 2;
    const count = Math.min(Math.max(least, canHaveMore ? 1 : 0), most, 1000);
    const items: unknown[] = [];
    for (let index = 0; items.length < count && index < count * 20; index++) {
      const place = items.length;
      const item =
        fixed[place] ?? (place - fixed.length < needed ? contains : (schema["items"] ?? {}));
      const isUnique = schema["uniqueItems"] === true;
      const value = isUnique
        ? this.#sampleUniqueItem(item, index, depth)
        : this.sample(item, depth + 1);
      if (value === undefined) break;
      const isRepeated =
        isUnique && items.some((known) => JSON.stringify(known) === JSON.stringify(value));
      if (!isRepeated) items.push(value);
    }
    return items;
  }

  /** Items that must be unique get different options of an `enum`, or different values. */
  #sampleUniqueItem(schema: unknown, index: number, depth: number): unknown {
    const flat = this.#flatten(isObject(schema) ? schema : {}, depth + 1);
    const options = listAt(flat, "enum");
    if (options.length > 0) return options[index % options.length];
    if (index === 0 || flat === undefined || "const" in flat) return this.sample(schema, depth + 1);
    const [type] = typesOf(flat);
    if (type === undefined) return index;
    if (type === "boolean") return index % 2 === 0;
    if ((type === "integer" || type === "number") && flat["maximum"] === undefined)
      return Number(this.sample(schema, depth + 1)) + index * Number(flat["multipleOf"] ?? 1);
    const sample = this.sample(schema, depth + 1);
    const isFree = typeof sample === "string" && !("pattern" in flat) && !("format" in flat);
    return isFree && flat["maxLength"] === undefined ? `${sample} ${index + 1}` : sample;
  }

  /** The schema with references, `allOf`, and one branch of each alternative merged into it. */
  #flatten(schema: JsonObject, depth: number): JsonObject | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const { $ref, allOf, oneOf, anyOf, if: condition, then, else: otherwise, ...own } = schema;
    const parts: unknown[] = [...listAt({ allOf }, "allOf")];
    if ($ref !== undefined) parts.push(dereference(this.#root, schema));
    for (const branches of [listAt({ oneOf }, "oneOf"), listAt({ anyOf }, "anyOf")])
      if (branches.length > 0) parts.push(branches[this.#branch(branches.length)]);
    if (condition !== undefined) {
      if (this.#attempt % 2 === 0) parts.push(condition, then ?? true);
      else parts.push(otherwise ?? true);
    }
    let merged: JsonObject = own;
    for (const part of parts) {
      if (part === false) return undefined;
      if (!isObject(part)) continue;
      const flat = this.#flatten(part, depth + 1);
      if (flat === undefined) return undefined;
      merged = mergeSchemas(merged, flat);
    }
    return merged;
  }

  /** The first branch first, then each in turn, then at random, as several may depend on each other. */
  #branch(count: number): number {
    const isRandom = this.#attempt >= ATTEMPTS / 2;
    return isRandom ? Math.floor(this.#random() * count) : Math.floor(this.#attempt / 2) % count;
  }
}

function sortLike(object: JsonObject, names: string[]): JsonObject {
  const known = names.filter((name) => Object.hasOwn(object, name));
  return Object.fromEntries(
    [...new Set([...known, ...Object.keys(object)])].map((name) => [name, object[name]]),
  );
}
