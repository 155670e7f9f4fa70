import { imageFields, type ImageFields } from "./image-fields.js";
import { isObject, objectAt, type JsonObject } from "../../openapi/json.js";
import { operationsOf, type DocumentOperation } from "../../openapi/operations.js";
import { dereference } from "../../openapi/references.js";

/** What the emulator needs to know of one operation, all of it read from the document. */
export interface Operation {
  /** The `operationId`, or `METHOD /path` if it has none. */
  id: string;
  /** In capitals. */
  method: string;
  /** The template, such as `/v2/pikzonality/{id}`. */
  path: string;
  /** The header that carries the API key; `undefined` for an operation that needs no key. */
  keyHeader: string | undefined;
  queryParameters: QueryParameter[];
  body: { required: boolean; schema: JsonObject; images: ImageFields } | undefined;
  success: { status: number; schema: JsonObject; example: unknown };
}

interface QueryParameter {
  name: string;
  required: boolean;
  schema: JsonObject;
}

/** Every operation of a document. */
export function readOperations(document: JsonObject): Operation[] {
  return operationsOf(document).map((operation) => readOperation(document, operation));
}

function readOperation(document: JsonObject, operation: DocumentOperation): Operation {
  const method = operation.method.toUpperCase();
  return {
    id: operation.operationId ?? `${method} ${operation.path}`,
    method,
    path: operation.path,
    keyHeader: readKeyHeader(document, operation),
    queryParameters: readQueryParameters(operation),
    body: readBody(document, operation.definition),
    success: readSuccess(document, operation.definition),
  };
}

function readKeyHeader(document: JsonObject, { security }: DocumentOperation): string | undefined {
  for (const scheme of security.flatMap((requirement) => Object.keys(requirement))) {
    const { type, name, ...rest } = dereference(
      document,
      objectAt(document, "components", "securitySchemes")[scheme],
    );
    if (type === "apiKey" && rest["in"] === "header" && typeof name === "string") return name;
  }
  return undefined;
}

function readQueryParameters({ parameters }: DocumentOperation): QueryParameter[] {
  return parameters
    .filter((parameter) => parameter["in"] === "query")
    .map(({ name, required, schema }) => ({
      name: String(name),
      required: required === true,
      schema: isObject(schema) ? schema : {},
    }));
}

function readBody(document: JsonObject, operation: JsonObject): Operation["body"] {
  const body = dereference(document, operation["requestBody"]);
  const { schema } = objectAt(body, "content", "application/json");
  if (!isObject(schema)) return undefined;
  return { required: body["required"] === true, schema, images: imageFields(document, schema) };
}

function readSuccess(document: JsonObject, operation: JsonObject): Operation["success"] {
  const responses = objectAt(operation, "responses");
  const status = Object.keys(responses).find((key) => /^2\d\d$/.test(key));
  const response = status === undefined ? {} : dereference(document, responses[status]);
  const media = objectAt(response, "content", "application/json");
  return {
    status: Number(status ?? 200),
    schema: dereference(document, media["schema"]),
    example: media["example"],
  };
}
