import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";
import type { DocumentOperation } from "../../../src/openapi/operations.js";

/** How the client writes a request body. */
export interface BodyContent {
  mediaType: string;
  required?: true;
}

/** How the client reads a successful answer. */
export type AnswerKind = "json" | "value" | "any" | "none" | "binary" | "text" | "stream";

/** In the client's order of preference, if a document offers several. */
const BODY_TYPES = [
  isJsonType,
  (type: string) => /^multipart\/form-data/i.test(type),
  (type: string) => /^application\/x-www-form-urlencoded/i.test(type),
];

/** The media type in which the client sends an operation's body; `undefined` if it takes none. */
export function bodyContent(
  document: JsonObject,
  operation: DocumentOperation,
): BodyContent | undefined {
  const body = dereference(document, operation.definition["requestBody"]);
  const types = Object.keys(objectAt(body, "content"));
  const preferred = BODY_TYPES.map((matches) => types.find(matches));
  const mediaType = [...preferred, ...types].find((type) => type !== undefined);
  if (mediaType === undefined) return undefined;
  return { mediaType, ...(body["required"] === true ? { required: true } : {}) };
}

/** A response of an operation that is a success. */
export interface SuccessResponse {
  status: string;
  /** Media type → Media Type Object. */
  content: JsonObject;
}

/** An operation's 2xx responses, or `default` if it has none. */
export function successResponses(
  document: JsonObject,
  operation: DocumentOperation,
): SuccessResponse[] {
  const responses = objectAt(operation.definition, "responses");
  const successes = Object.keys(responses).filter((status) => /^2(?:\d\d|XX)$/i.test(status));
  const statuses = successes.length > 0 ? successes : "default" in responses ? ["default"] : [];
  return statuses.map((status) => ({
    status,
    content: objectAt(dereference(document, responses[status]), "content"),
  }));
}

/** What an operation answers with on success: JSON if available, otherwise the first media type. */
export function answerKind(document: JsonObject, operation: DocumentOperation): AnswerKind {
  const types = successResponses(document, operation).flatMap(({ content }) =>
    Object.keys(content).filter((type) => isObject(content[type])),
  );
  const [first] = types;
  if (first === undefined) return "none";
  if (!types.some(isJsonType)) return kindOf(first);
  const responses = successResponses(document, operation);
  if (responses.some(({ content }) => Object.keys(content).length === 0)) return "any";
  return jsonSchemas(document, operation).every(isObjectSchema) ? "json" : "value";
}

function jsonSchemas(document: JsonObject, operation: DocumentOperation): JsonObject[] {
  return successResponses(document, operation).flatMap(({ content }) =>
    Object.entries(content)
      .filter(([type]) => isJsonType(type))
      .map(([, media]) => dereference(document, objectAt({ media }, "media")["schema"])),
  );
}

/** Whether a schema may describe an object. One without a type most likely does. */
function isObjectSchema({ type = "object" }: JsonObject): boolean {
  return type === "object";
}

export function kindOf(mediaType: string): AnswerKind {
  if (isJsonType(mediaType)) return "json";
  if (/^text\/event-stream|^application\/(?:x-ndjson|jsonl|json-seq)/i.test(mediaType)) {
    return "stream";
  }
  return /^text\/|^application\/(?:[^;]*\+)?xml/i.test(mediaType) ? "text" : "binary";
}
