import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";
import type { NamedType } from "../types/named-types.js";
import { answerKind, bodyContent, kindOf, successResponses } from "./media-types.js";
import { parameterFacts } from "./parameters.js";

/** A type in terms of `operations`, and its location there if it has a single one. */
export type OperationType = Pick<NamedType, "type" | "place">;

/** The schema of an operation's JSON body; `undefined` if it takes none. */
export function jsonBodySchema(document: JsonObject, operation: Operation): unknown {
  const content = objectAt(dereference(document, operation.definition["requestBody"]), "content");
  const type = Object.keys(content).find(isJsonType);
  return type === undefined ? undefined : objectAt(content, type)["schema"];
}

/** What a method takes as its body; `undefined` if the operation takes none. */
export function bodyType(document: JsonObject, operation: Operation): OperationType | undefined {
  const body = bodyContent(document, operation);
  if (!body) return undefined;
  const { mediaType, required } = body;
  const place = [operation.id, "requestBody", "content", mediaType];
  const holder = `operations[${JSON.stringify(operation.id)}]["requestBody"]`;
  const content = `${required ? holder : `NonNullable<${holder}>`}["content"][${JSON.stringify(mediaType)}]`;
  if (isJsonType(mediaType)) return { type: content, place };
  if (/^multipart\/form-data/i.test(mediaType)) return { type: `${content} | FormData` };
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) {
    return { type: `${content} | URLSearchParams` };
  }
  return kindOf(mediaType) === "text"
    ? { type: "string" }
    : { type: "Blob | ArrayBuffer | Uint8Array" };
}

export function queryType(document: JsonObject, operation: Operation): OperationType | undefined {
  return parametersType(document, operation, "query");
}

export function headersType(document: JsonObject, operation: Operation): OperationType | undefined {
  return parametersType(document, operation, "header");
}

function parametersType(document: JsonObject, operation: Operation, place: "query" | "header") {
  const facts = parameterFacts(document, operation).filter((one) => one.in === place);
  if (facts.length === 0) return undefined;
  const type = `operations[${JSON.stringify(operation.id)}]["parameters"]["${place}"]`;
  return { type: facts.some(({ required }) => required) ? type : `NonNullable<${type}>` };
}

/**
 * What an operation answers with when it succeeds, whatever the status: JSON if any success offers
 * it, otherwise another media type; `undefined` for a success without content.
 */
export function responseType(document: JsonObject, operation: Operation): OperationType {
  const answer = answerKind(document, operation);
  return union(
    successResponses(document, operation).flatMap(({ status, content }) => {
      const types = Object.keys(content).filter((type) => isObject(content[type]));
      if (types.length === 0) return [{ type: "undefined" }];
      return types
        .filter(
          (type) => kindOf(type) === (answer === "value" || answer === "any" ? "json" : answer),
        )
        .map((type) => contentType(operation, status, type));
    }),
  );
}

function contentType({ id }: Operation, status: string, mediaType: string): OperationType {
  const kind = kindOf(mediaType);
  if (kind === "binary") return { type: "Blob" };
  if (kind === "stream") return { type: "ReadableStream<Uint8Array>" };
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  return {
    type: `operations[${JSON.stringify(id)}]["responses"][${key}]["content"][${JSON.stringify(mediaType)}]`,
    place: [id, "responses", status, "content", mediaType],
  };
}

function union(members: readonly OperationType[]): OperationType {
  const [only = { type: "undefined" }, ...others] = members;
  if (others.length === 0) return only;
  return { type: [...new Set(members.map(({ type }) => type))].join(" | ") };
}
