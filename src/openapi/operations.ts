import { isObject, listAt, objectAt, type JsonObject } from "./json.js";
import { isJsonType } from "./media-types.js";
import { HTTP_METHODS, type HttpMethod } from "./methods.js";
import { toPointer } from "./pointer.js";
import { dereference, followReferences } from "./references.js";

/** An operation of a document, with what its path item and the document add to it. */
export interface DocumentOperation {
  /** In lower case, as a path item spells it. */
  method: HttpMethod;
  /** The path template: `/v2/pikzonality/{id}`. */
  path: string;
  /** The `operationId`; `undefined` if there is none or it is empty. */
  operationId: string | undefined;
  /** The Operation Object as it is written. */
  definition: JsonObject;
  /** JSON Pointer to the Operation Object, through a path item's `$ref`. */
  pointer: string;
  /**
   * The parameters of the path item and the operation, references resolved. One of the operation's
   * own replaces the path item's of the same name.
   */
  parameters: JsonObject[];
  /** The security requirements that apply: the operation's own, or else the document's. */
  security: JsonObject[];
}

/**
 * Lists every operation under `paths`, in the order of the document and, within a path, of
 * `HTTP_METHODS`. A path item may be a `$ref` (OpenAPI 3.1, Path Item Object).
 */
export function operationsOf(document: JsonObject): DocumentOperation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, value]) => {
    const item = followReferences(document, { value, pointer: toPointer(["paths", path]) });
    if (!isObject(item?.value)) return [];
    return operationsAt(document, path, item.value, item.pointer);
  });
}

function operationsAt(
  document: JsonObject,
  path: string,
  pathItem: JsonObject,
  pointer: string,
): DocumentOperation[] {
  return HTTP_METHODS.filter((method) => isObject(pathItem[method])).map((method) => {
    const definition = objectAt(pathItem, method);
    const id = definition["operationId"];
    return {
      method,
      path,
      operationId: typeof id === "string" && id !== "" ? id : undefined,
      definition,
      pointer: pointer + toPointer([method]),
      parameters: parametersOf(document, pathItem, definition),
      security: listAt(
        definition["security"] === undefined ? document : definition,
        "security",
      ).filter(isObject),
    };
  });
}

function parametersOf(
  document: JsonObject,
  pathItem: JsonObject,
  definition: JsonObject,
): JsonObject[] {
  const parameters = new Map<string, JsonObject>();
  for (const owner of [pathItem, definition]) {
    for (const value of listAt(owner, "parameters")) {
      const parameter = dereference(document, value);
      parameters.set(`${String(parameter["in"])} ${String(parameter["name"])}`, parameter);
    }
  }
  return [...parameters.values()];
}

/**
 * The schema of a parameter's value: its own, or that of its `content` if that is JSON. A value in
 * another media type is a text that the caller has written.
 */
export function parameterSchema(parameter: JsonObject): unknown {
  const [content] = Object.entries(objectAt(parameter, "content"));
  if (!content) return parameter["schema"];
  const [mediaType, media] = content;
  return isJsonType(mediaType) ? objectAt(media)["schema"] : { type: "string" };
}

/** The names of the parameters in a path template, in order: `/v2/style/{id}` → `["id"]`. */
export function pathParameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}
