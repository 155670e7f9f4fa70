import { toJsonText } from "../../lib/json-text.js";
import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";
import {
  parameterSchema,
  pathParameterNames,
  type DocumentOperation,
} from "../../../src/openapi/operations.js";
import { propertiesOf, requiredOf } from "./field-limits.js";
import { bodyContent } from "./media-types.js";
import { isWaiting } from "./method-names.js";
import { sampleOf } from "./sample.js";

/** The method of the client that an example calls. */
export interface ExampleMethod {
  group: string;
  name: string;
  operation: DocumentOperation;
}

/** A program that calls a method with the document's example values, in a fenced block. */
export function exampleCall(document: JsonObject, method: ExampleMethod): string {
  return `\`\`\`ts
import { createPikzels } from "pikzels-client";

const pikzels = createPikzels();
const response = await ${exampleExpression(document, method)};
\`\`\``;
}

/** `pikzels.titles.fromText({ … })` */
export function exampleExpression(document: JsonObject, method: ExampleMethod): string {
  const call = `pikzels.${method.group}.${method.name}(`;
  const args = exampleArguments(document, method).map((value) =>
    literal(value, "", `const response = await ${call}`.length),
  );
  return `${call}${args.join(", ")})`;
}

/** The values that an example passes to an operation's method. */
export function exampleValues(document: JsonObject, operation: DocumentOperation): unknown[] {
  return exampleArguments(document, { operation, name: "" }).map(withoutCode);
}

function withoutCode(value: unknown): unknown {
  if (value instanceof Code) return new Blob(["…"]);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutCode(one)]));
}

/** The arguments of an example: path parameters, body, options. */
function exampleArguments(
  document: JsonObject,
  { operation, name }: Pick<ExampleMethod, "operation" | "name">,
): unknown[] {
  const ids = pathParameterNames(operation.path).map((id) =>
    examplePathParameter(document, operation, id),
  );
  if (isWaiting(name)) return ids;
  const body = exampleBody(document, operation);
  const options = exampleOptions(document, operation);
  return [
    ...ids,
    ...(body !== undefined ? [body] : []),
    ...(Object.keys(options).length > 0 ? [options] : []),
  ];
}

const ID = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";

function examplePathParameter(
  document: JsonObject,
  operation: DocumentOperation,
  name: string,
): unknown {
  const parameter = operation.parameters.find(
    (one) => one["in"] === "path" && one["name"] === name,
  );
  const sample = parameter && exampleOf(document, parameter);
  // A string that is not described any further is an id.
  return sample === undefined || sample === "text" ? ID : sample;
}

function exampleBody(document: JsonObject, operation: DocumentOperation): unknown {
  const body = bodyContent(document, operation);
  if (!body) return undefined;
  const content = objectAt(dereference(document, operation.definition["requestBody"]), "content");
  const media = objectAt(content, body.mediaType);
  const isForm = /^multipart\/form-data|^application\/x-www-form-urlencoded/i.test(body.mediaType);
  if (isJsonType(body.mediaType))
    return withRequiredFields(document, media["schema"], exampleOf(document, media));
  if (isForm) return withBlobs(document, media["schema"], exampleOf(document, media));
  return new Code(/^text\//i.test(body.mediaType) ? '"text"' : 'new Blob(["…"])');
}

/** Adds required fields that the document's example omits, because it is older than they are. */
function withRequiredFields(document: JsonObject, schema: unknown, example: unknown): unknown {
  if (!isObject(example)) return example;
  const body = dereference(document, schema);
  const properties = propertiesOf(document, body);
  const missing = [...requiredOf(document, body)].filter((name) => !Object.hasOwn(example, name));
  const added = missing.map((name) => [name, sampleOf(document, properties[name])]);
  return { ...example, ...Object.fromEntries(added) };
}

/** Replaces files, and lists of files, with Blobs. */
function withBlobs(document: JsonObject, schema: unknown, sample: unknown): unknown {
  const { format, contentMediaType, items, properties } = dereference(document, schema);
  if (format === "binary" || contentMediaType !== undefined) return new Code('new Blob(["…"])');
  if (Array.isArray(sample)) return sample.map((one) => withBlobs(document, items, one));
  if (!isObject(sample)) return sample;
  const fields = Object.entries(sample).map(([field, value]) => [
    field,
    withBlobs(document, objectAt({ properties }, "properties")[field], value),
  ]);
  return Object.fromEntries(fields);
}

/** The required query and header parameters. */
function exampleOptions(document: JsonObject, operation: DocumentOperation): JsonObject {
  const ofPlace = (place: string) =>
    Object.fromEntries(
      operation.parameters
        .filter((one) => one["in"] === place && one["required"] === true)
        .map((one) => [String(one["name"]), exampleOf(document, one)]),
    );
  const [query, headers] = [ofPlace("query"), ofPlace("header")];
  return {
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** The example of a Media Type or Parameter Object, or else a sample of its schema. */
export function exampleOf(document: JsonObject, holder: JsonObject): unknown {
  if (holder["example"] !== undefined) return holder["example"];
  const [media] = Object.values(objectAt(holder, "content"));
  if (isObject(media)) return exampleOf(document, { ...media, schema: parameterSchema(holder) });
  const [named] = Object.values(objectAt(holder, "examples"));
  const { value } = dereference(document, named);
  return value ?? sampleOf(document, holder["schema"]);
}

/** Code that appears in an example verbatim. */
class Code {
  constructor(readonly text: string) {}
}

const WIDTH = 84;

/** A JSON value as TypeScript, on one line if it fits after the code before it. */
function literal(value: unknown, indent = "", column = indent.length): string {
  if (value instanceof Code) return value.text;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
  const members = membersOf(value, inner);
  if (!members) return toJsonText(value, 0);
  if (members.length === 0) return `${open}${close}`.replaceAll(" ", "");
  const short = `${open}${members.join(", ")}${close}`;
  if (short.length + column <= WIDTH && !short.includes("\n")) return short;
  const lines = members.map((member) => `${inner}${member},`).join("\n");
  return `${open.trim()}\n${lines}\n${indent}${close.trim()}`;
}

function membersOf(value: unknown, indent: string): string[] | undefined {
  if (Array.isArray(value)) return value.map((item) => literal(item, indent));
  if (!isObject(value)) return undefined;
  return Object.entries(value).map(([key, member]) => {
    const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
    return `${name}: ${literal(member, indent, indent.length + name.length + 2)}`;
  });
}
