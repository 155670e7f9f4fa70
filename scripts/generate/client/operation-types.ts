import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { dereference, followReferences } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";
import type { NamedType } from "../types/named-types.js";
import { answerKind, bodyContent, kindOf, successResponses } from "./media-types.js";
import { parameterFacts } from "./parameters.js";

/** A type in terms of `operations` or `components`, and its location in `operations` if it has one. */
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
  const holder = typeOf(document, operation, ["requestBody"]);
  const isAlwaysThere = required ?? holder.startsWith("components");
  const content = `${isAlwaysThere ? holder : `NonNullable<${holder}>`}["content"][${JSON.stringify(mediaType)}]`;
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
  const type = typeAt(operation, ["parameters", place]);
  return {
    type: facts.some(({ required }) => required) ? type : `NonNullable<${type}>`,
    place: [operation.id, "parameters", place],
  };
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
        .map((type) => contentType(document, operation, status, type));
    }),
  );
}

function contentType(
  document: JsonObject,
  operation: Operation,
  status: string,
  mediaType: string,
): OperationType {
  const kind = kindOf(mediaType);
  if (kind === "binary") return { type: "Blob" };
  if (kind === "stream") return { type: "ReadableStream<Uint8Array>" };
  const holder = typeOf(document, operation, ["responses", status]);
  return {
    type: `${holder}["content"][${JSON.stringify(mediaType)}]`,
    place: [operation.id, "responses", status, "content", mediaType],
  };
}

/**
 * The type of a part of an operation, as code. If the part refers to a component, it is the type of
 * that component, which the package exports.
 */
function typeOf(document: JsonObject, operation: Operation, keys: string[]): string {
  const value = valueAt(operation.definition, toPointer(keys));
  const target = followReferences(document, { value, pointer: "" })?.pointer ?? "";
  const [root, ...path] = fromPointer(target);
  return root === "components" && path.length === 2 ? indexed(root, path) : typeAt(operation, keys);
}

function typeAt({ id }: Operation, keys: string[]): string {
  return indexed("operations", [id, ...keys]);
}

/** `operations["create"]["responses"][200]` */
function indexed(root: string, keys: string[]): string {
  return root + keys.map((key) => `[${/^\d+$/.test(key) ? key : JSON.stringify(key)}]`).join("");
}

function union(members: readonly OperationType[]): OperationType {
  const [only = { type: "undefined" }, ...others] = members;
  if (others.length === 0) return only;
  return { type: [...new Set(members.map(({ type }) => type))].join(" | ") };
}
