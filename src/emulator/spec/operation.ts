import { imageFields, type ImageFields } from "./image-fields.js";
import { isObject, listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import { resolve } from "./resolve.js";

/** What the emulator needs to know of one operation; all of it read off the spec. */
export interface Operation {
  /** The spec's `operationId`, or `METHOD /path` where it has none. */
  id: string;
  /** In capitals. */
  method: string;
  /** The template, such as `/v2/pikzonality/{id}`. */
  path: string;
  /** Header that carries the API key; undefined for an operation that needs none. */
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

const methods = ["get", "put", "post", "delete", "patch", "head", "trace"];

/** Every operation of an OpenAPI 3.0 document. */
export function readOperations(document: JsonObject): Operation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) => {
    const pathItem = resolve(document, item);
    return methods
      .filter((method) => isObject(pathItem[method]))
      .map((method) => readOperation(document, path, method, pathItem));
  });
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  pathItem: JsonObject,
): Operation {
  const operation = objectAt(pathItem, method);
  const id = operation["operationId"];
  return {
    id: typeof id === "string" ? id : `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    keyHeader: readKeyHeader(document, operation),
    queryParameters: readQueryParameters(document, [
      ...listAt(pathItem, "parameters"),
      ...listAt(operation, "parameters"),
    ]),
    body: readBody(document, operation),
    success: readSuccess(document, operation),
  };
}

function readKeyHeader(document: JsonObject, operation: JsonObject): string | undefined {
  const security = operation["security"] ?? document["security"];
  const requirements = Array.isArray(security) ? security.filter(isObject) : [];
  for (const scheme of requirements.flatMap((requirement) => Object.keys(requirement))) {
    const { type, name, ...rest } = resolve(
      document,
      objectAt(document, "components", "securitySchemes")[scheme],
    );
    if (type === "apiKey" && rest["in"] === "header" && typeof name === "string") return name;
  }
  return undefined;
}

function readQueryParameters(document: JsonObject, parameters: unknown[]): QueryParameter[] {
  return parameters
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter["in"] === "query")
    .map(({ name, required, schema }) => ({
      name: String(name),
      required: required === true,
      schema: isObject(schema) ? schema : {},
    }));
}

function readBody(document: JsonObject, operation: JsonObject): Operation["body"] {
  const body = resolve(document, operation["requestBody"]);
  const { schema } = objectAt(body, "content", "application/json");
  if (!isObject(schema)) return undefined;
  return { required: body["required"] === true, schema, images: imageFields(document, schema) };
}

function readSuccess(document: JsonObject, operation: JsonObject): Operation["success"] {
  const responses = objectAt(operation, "responses");
  const status = Object.keys(responses).find((key) => /^2\d\d$/.test(key));
  const response = status === undefined ? {} : resolve(document, responses[status]);
  const media = objectAt(response, "content", "application/json");
  return {
    status: Number(status ?? 200),
    schema: resolve(document, media["schema"]),
    example: media["example"],
  };
}
