import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";

/** What the documentation says of an operation. */
export interface DocumentedOperation {
  method: string;
  path: string;
  summary: string;
  /** The schema of the JSON request body, where there is one. */
  body: JsonObject | undefined;
  example: JsonObject | undefined;
  /** The schema of the response with status 200. */
  response: JsonObject;
}

/** The operations of a merged document, in its order. */
export function documentedOperations(document: JsonObject): DocumentedOperation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
    HTTP_METHODS.filter((method) => isObject(item) && isObject(item[method])).map((method) => {
      const operation = objectAt(item, method);
      const content = jsonContent(objectAt(operation, "requestBody"));
      const answered = jsonContent(objectAt(objectAt(operation, "responses"), "200"));
      const { summary } = operation;
      return {
        method: method.toUpperCase(),
        path,
        summary: typeof summary === "string" ? summary : "",
        body: isObject(content["schema"]) ? content["schema"] : undefined,
        example: isObject(content["example"]) ? content["example"] : undefined,
        response: objectAt(answered, "schema"),
      };
    }),
  );
}

function jsonContent(holder: JsonObject): JsonObject {
  return objectAt(objectAt(holder, "content"), "application/json");
}
