import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { dereference } from "../../src/openapi/references.js";
import type { Operation } from "./operation-list.js";
import type { NamedType } from "./types/named-types.js";

const JSON_TYPE = /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i;

/** The schema of an operation's JSON body, where it takes one. */
export function jsonBodySchema(document: JsonObject, operation: Operation): unknown {
  const content = objectAt(dereference(document, operation.definition["requestBody"]), "content");
  const [type] = jsonTypes(content);
  return type === undefined ? undefined : objectAt(content, type)["schema"];
}

/** A type, said by way of `operations`, and where it stands there if in one place. */
export type OperationType = Pick<NamedType, "type" | "place">;

/** An operation's JSON body; `undefined` where it takes none. */
export function bodyType(document: JsonObject, operation: Operation): OperationType | undefined {
  const body = dereference(document, operation.definition["requestBody"]);
  const types = jsonTypes(objectAt(body, "content"));
  if (types.length === 0) return undefined;
  const place = [operation.id, "requestBody"];
  const type = `operations[${JSON.stringify(operation.id)}]["requestBody"]`;
  return union(
    contentOf({ type: body["required"] === true ? type : `NonNullable<${type}>`, place }, types),
  );
}

/**
 * What an operation answers with when it succeeds: the JSON of all its 2xx responses (of `default`
 * where there is none), other content only where no JSON is offered, and `undefined` for a response
 * without content.
 */
export function responseType(document: JsonObject, operation: Operation): OperationType {
  const responses = objectAt(operation.definition, "responses");
  const successes = Object.keys(responses).filter((status) => /^2(?:\d\d|XX)$/i.test(status));
  const statuses = successes.length > 0 ? successes : "default" in responses ? ["default"] : [];
  return union(
    statuses.flatMap((status) => {
      const content = objectAt(dereference(document, responses[status]), "content");
      const json = jsonTypes(content);
      const place = [operation.id, "responses", status];
      const type = `operations[${JSON.stringify(operation.id)}]["responses"][${asKey(status)}]`;
      const offered = contentOf({ type, place }, json.length > 0 ? json : Object.keys(content));
      return offered.length > 0 ? offered : [{ type: "undefined" }];
    }),
  );
}

function jsonTypes(content: JsonObject): string[] {
  return Object.keys(content).filter((type) => JSON_TYPE.test(type) && isObject(content[type]));
}

function contentOf(message: Required<OperationType>, mediaTypes: readonly string[]) {
  return mediaTypes.map((mediaType) => ({
    type: `${message.type}["content"][${JSON.stringify(mediaType)}]`,
    place: [...message.place, "content", mediaType],
  }));
}

function asKey(status: string): string {
  return /^\d+$/.test(status) ? status : JSON.stringify(status);
}

function union(members: readonly OperationType[]): OperationType {
  const [only = { type: "undefined" }, ...others] = members;
  if (others.length === 0) return only;
  return { type: [...new Set(members.map(({ type }) => type))].join(" | ") };
}
