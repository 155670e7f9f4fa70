import { readDocument } from "../cli/document.js";
import type { Field, Range } from "../cli/operations/field.js";
import type { Input } from "../cli/operations/inputs.js";
import type { ApiOperation } from "../cli/operations/operations.js";
import { toJsonSchemas } from "../emulator/document/json-schema.js";
import { isObject, type JsonObject } from "../openapi/json.js";
import { dereference, referenceOf } from "../openapi/references.js";

/** The JSON Schema (2020-12) of the arguments that a tool for an operation takes. */
export function inputSchemaOf({ inputs }: ApiOperation, added: JsonObject = {}): JsonObject {
  const properties = inputs.map((input) => [input.name, schemaOf(input)]);
  return {
    type: "object",
    properties: { ...Object.fromEntries(properties), ...added },
    required: inputs.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf(input: Input): JsonObject {
  const { nullable, list, defaultValue } = input;
  const item = input.image ? imageSchema(input.image) : singleSchema(input);
  const type = list ? { type: "array", items: item, ...bounds(list, "Items") } : item;
  return {
    ...(nullable ? { anyOf: [type, { type: "null" }] } : type),
    ...describedAs(input),
    ...(defaultValue !== undefined && { default: defaultValue }),
  };
}

function describedAs({ image, kind, description }: Input): JsonObject {
  if (image) return {};
  const text = kind === "file" ? `Path of a file. ${description}`.trim() : description;
  return text === "" ? {} : { description: text };
}

/** An agent has no bytes at hand, but paths and addresses. */
function imageSchema({ address, data }: NonNullable<Input["image"]>): JsonObject {
  const forms = [
    data && "path of an image file (at most 10 MB)",
    address && "https address of an image",
  ];
  return { type: "string", description: forms.filter(Boolean).join(", or ") };
}

function singleSchema(field: Field): JsonObject {
  const { kind, choices, length, range } = field;
  if (kind === "json") return resolvedSchema(field);
  const type = {
    text: "string",
    file: "string",
    number: "number",
    integer: "integer",
    boolean: "boolean",
  }[kind];
  return {
    type,
    ...(choices && { enum: choices }),
    ...bounds(length, "Length"),
    ...(range.min !== undefined && { minimum: range.min }),
    ...(range.max !== undefined && { maximum: range.max }),
  };
}

function bounds({ min, max }: Range, unit: string): JsonObject {
  return {
    ...(min !== undefined && { [`min${unit}`]: min }),
    ...(max !== undefined && { [`max${unit}`]: max }),
  };
}

/** A self-contained copy of a schema: references are replaced by their targets. */
function resolvedSchema({ schema }: Field): JsonObject {
  const { openapi, components } = readDocument();
  const translated = toJsonSchemas({ openapi, components, schema }, "request");
  const resolved = withoutReferences(translated, translated["schema"], []);
  return isObject(resolved) ? resolved : {};
}

function withoutReferences(document: JsonObject, value: unknown, path: string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(document, item, path));
  if (!isObject(value)) return value;
  const reference = referenceOf(value);
  if (reference !== undefined) {
    // A recursive schema is described only once.
    if (path.includes(reference)) return {};
    return withoutReferences(document, dereference(document, value), [...path, reference]);
  }
  const members = Object.entries(value).map(([name, member]) => [
    name,
    withoutReferences(document, member, path),
  ]);
  return Object.fromEntries(members) as JsonObject;
}
