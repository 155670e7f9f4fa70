import { randomUUID } from "node:crypto";
import { imageFields, propertySchemas } from "../../src/emulator/document/property-schemas.js";
import type { Operation } from "../../src/emulator/document/operations.js";
import { findRoles } from "../../src/emulator/document/resources.js";
import { sampleSchema } from "../../src/emulator/document/sample.js";
import { validatorOf } from "../../src/emulator/document/validator.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { toPointer, valueAt } from "../../src/openapi/pointer.js";

/** An address that leads nowhere: `.invalid` is reserved for that (RFC 6761). */
const UNREACHABLE = "https://probe.pikzels-client.invalid/nothing.png";
/** A data URL that contains no image. */
const NO_IMAGE = "data:image/png;base64,AAAA";

/** What the probe knows about the JSON body of an operation. */
export interface BodyFacts {
  /** JSON Pointer to the body's schema. */
  pointer: string;
  schema: unknown;
  properties: Map<string, JsonObject>;
  /** The smallest valid body that still cannot be carried out. */
  base: JsonObject;
  isValid: (body: unknown) => boolean;
  /** A value that the schema of a field allows, and that the service cannot use, if possible. */
  valueOf: (name: string) => unknown;
  /**
   * Whether a body names an image or a resource that does not exist, so that it cannot be carried
   * out.
   */
  isImpossible: (body: JsonObject) => boolean;
}

/** `undefined` for an operation whose body is not a JSON object. */
export function bodyFactsOf(
  document: JsonObject,
  operations: readonly Operation[],
  operation: Operation,
): BodyFacts | undefined {
  const pointer = operation.body?.content.find(({ name }) => name === "application/json")?.pointer;
  if (pointer === undefined) return undefined;
  const schema = valueAt(document, pointer);
  const properties = propertySchemas(document, schema);
  const validator = validatorOf(document);
  const isValid = (body: unknown) => validator.isValid("request", pointer, body);
  const impossible = impossibleValues(document, operations, schema);

  const impossibleValueOf = (name: string, property: JsonObject) => {
    const value = impossible.get(name);
    return property["items"] === undefined || value === undefined
      ? value
      : Array.from({ length: Number(property["minItems"] ?? 1) }, () => value);
  };
  const options = { seed: "probe", direction: "request", prefer: impossibleValueOf } as const;
  const sample = sampleSchema(document, pointer, options);
  if (!isObject(sample) || !isValid(sample)) return undefined;
  return {
    pointer,
    schema,
    properties,
    base: smallestValid(sample, new Set(impossible.keys()), isValid),
    isValid,
    valueOf: (name) =>
      impossibleValueOf(name, properties.get(name) ?? {}) ??
      (Object.hasOwn(sample, name)
        ? sample[name]
        : sampleSchema(document, pointer + toPointer(["properties", name]), options)),
    isImpossible: (body) =>
      [...impossible].some(([name, value]) => [body[name]].flat().includes(value)),
  };
}

/** Values by field that the schema allows but the service cannot use. */
function impossibleValues(
  document: JsonObject,
  operations: readonly Operation[],
  schema: unknown,
): Map<string, string> {
  const { urls, dataUrls } = imageFields(document, schema);
  const roles = [...findRoles(document, operations).values()];
  const labels = roles.flatMap((role) => (role.does === "work" ? [] : role.type.labels));
  return new Map([
    ...urls.map((name) => [name, UNREACHABLE] as const),
    ...dataUrls.map((name) => [name, NO_IMAGE] as const),
    ...labels.map((name) => [name, randomUUID()] as const),
  ]);
}

/** Removes every field that is not needed, except those to keep. */
function smallestValid(
  sample: JsonObject,
  kept: ReadonlySet<string>,
  isValid: (body: JsonObject) => boolean,
): JsonObject {
  let body = sample;
  for (const name of Object.keys(sample).filter((field) => !kept.has(field))) {
    const smaller = without(body, name);
    if (isValid(smaller)) body = smaller;
  }
  return body;
}

export function without(body: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
