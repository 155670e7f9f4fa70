import { isObject, listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import { essenceOf } from "../../openapi/media-types.js";
import { operationsOf, type DocumentOperation } from "../../openapi/operations.js";
import { toPointer, valueAt } from "../../openapi/pointer.js";
import { dereference, followReferences } from "../../openapi/references.js";
import { readSecurity, type Credential } from "./security.js";
import { basePathsOf } from "./servers.js";

/** What the emulator needs to know of one operation, all of it read from the document. */
export interface Operation {
  /** The `operationId`, or `METHOD /path` if it has none. */
  id: string;
  /** In upper case. */
  method: string;
  /** The template: `/v2/pikzonality/{id}`. */
  path: string;
  /** The paths of the servers it is at: `/api`, or an empty string. */
  basePaths: string[];
  /** The sets of credentials of which one is needed; none are needed if a set is empty. */
  security: Credential[][];
  parameters: Parameter[];
  body: { required: boolean; content: MediaType[] } | undefined;
  /** What it answers if all goes well. */
  success: ResponseFacts;
  /** Its other answers by status, range (`4XX`) or `default`. */
  failures: Map<string, ResponseFacts>;
}

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  style: string;
  explode: boolean;
  /** The media type of a parameter that has `content` instead of a style. */
  mediaType: string | undefined;
  schema: JsonObject;
  pointer: string;
}

interface ResponseFacts {
  status: number;
  headers: { name: string; pointer: string }[];
  content: MediaType[];
}

/** A media type of a body and the schema that stands for it. */
export interface MediaType {
  /** In lower case, without parameters: `application/json`. */
  name: string;
  /** JSON Pointer to its schema; `undefined` if it has none. */
  pointer: string | undefined;
  example: unknown;
}

/** Every operation of a document. */
export function readOperations(document: JsonObject): Operation[] {
  return operationsOf(document).map((operation) => readOperation(document, operation));
}

function readOperation(document: JsonObject, operation: DocumentOperation): Operation {
  const { definition, pointer } = operation;
  const method = operation.method.toUpperCase();
  const responses = readResponses(document, definition, pointer);
  const successKey = successKeyOf([...responses.keys()]);
  const success = responses.get(successKey ?? "");
  return {
    id: operation.operationId ?? `${method} ${operation.path}`,
    method,
    path: operation.path,
    basePaths: basePathsOf(document, operation),
    security: readSecurity(document, operation.security),
    parameters: readParameters(document, operation),
    body: readBody(document, definition, pointer),
    success: success ?? { status: 200, headers: [], content: [] },
    failures: new Map([...responses].filter(([key]) => key !== successKey && !key.startsWith("2"))),
  };
}

/**
 * The success response: the lowest 2xx, or else `2XX`, or else `default` if there is nothing else.
 */
function successKeyOf(keys: string[]): string | undefined {
  const exact = keys.filter((key) => /^2\d\d$/.test(key)).toSorted();
  return (
    exact[0] ?? keys.find((key) => /^2XX$/i.test(key)) ?? keys.find((key) => key === "default")
  );
}

function readResponses(document: JsonObject, definition: JsonObject, pointer: string) {
  const responses = Object.entries(objectAt(definition, "responses"));
  return new Map(
    responses.map(([key, value]): [string, ResponseFacts] => {
      const at = followReferences(document, {
        value,
        pointer: pointer + toPointer(["responses", key]),
      });
      return [key, readResponse(document, key, at?.value, at?.pointer ?? "")];
    }),
  );
}

function readResponse(
  document: JsonObject,
  key: string,
  response: unknown,
  pointer: string,
): ResponseFacts {
  const headers = Object.entries(objectAt(response, "headers")).flatMap(([name, value]) => {
    const at = followReferences(document, {
      value,
      pointer: pointer + toPointer(["headers", name]),
    });
    const hasSchema = isObject(at?.value) && at.value["schema"] !== undefined;
    return at && hasSchema && name.toLowerCase() !== "content-type"
      ? [{ name, pointer: `${at.pointer}/schema` }]
      : [];
  });
  return {
    status: /^\d{3}$/.test(key) ? Number(key) : /^2XX|default$/i.test(key) ? 200 : 0,
    headers,
    content: readContent(document, response, pointer),
  };
}

function readContent(document: JsonObject, owner: unknown, pointer: string): MediaType[] {
  return Object.entries(objectAt(owner, "content")).map(([name, value]) => {
    const at = toPointer(["content", name]);
    const keyword = ["schema", "itemSchema"].find((key) => objectAt(value)[key] !== undefined);
    const [named] = Object.values(objectAt(value, "examples"));
    const example = dereference(document, named);
    return {
      name: essenceOf(name),
      pointer: keyword === undefined ? undefined : pointer + at + toPointer([keyword]),
      example: objectAt(value)["example"] ?? example["value"],
    };
  });
}

function readBody(
  document: JsonObject,
  definition: JsonObject,
  pointer: string,
): Operation["body"] {
  const value = definition["requestBody"];
  const at = followReferences(document, { value, pointer: `${pointer}/requestBody` });
  if (!isObject(at?.value)) return undefined;
  const content = readContent(document, at.value, at.pointer);
  return { required: at.value["required"] === true, content };
}

/** The parameters of an operation and of its path item, with pointers to their schemas. */
function readParameters(document: JsonObject, { pointer, definition }: DocumentOperation) {
  const itemPointer = pointer.slice(0, pointer.lastIndexOf("/"));
  const owners = [
    { owner: valueAt(document, itemPointer), pointer: itemPointer },
    { owner: definition, pointer },
  ];
  const parameters = new Map<string, Parameter>();
  for (const { owner, pointer: ownerPointer } of owners) {
    for (const [index, value] of listAt(owner, "parameters").entries()) {
      const place = ownerPointer + toPointer(["parameters", index]);
      const at = followReferences(document, { value, pointer: place });
      if (!isObject(at?.value)) continue;
      const parameter = readParameter(document, at.value, at.pointer);
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...parameters.values()];
}

function readParameter(document: JsonObject, value: JsonObject, pointer: string): Parameter {
  const place = String(value["in"]);
  const isForm = place === "query" || place === "cookie";
  const style = typeof value["style"] === "string" ? value["style"] : isForm ? "form" : "simple";
  const [mediaType] = Object.keys(objectAt(value, "content"));
  const schemaPointer = pointer + toPointer(mediaType === undefined ? [] : ["content", mediaType]);
  const { schema } = objectAt(valueAt(document, schemaPointer));
  return {
    name: String(value["name"]),
    in: place,
    required: value["required"] === true || place === "path",
    style,
    explode: typeof value["explode"] === "boolean" ? value["explode"] : style === "form",
    mediaType,
    schema: dereference(document, schema),
    pointer: `${schemaPointer}/schema`,
  };
}
