import { isObject, objectAt, type JsonObject } from "../lib/json-object.js";
import { dereference, type ResolveRef } from "./load-spec.js";
import type { Operation } from "./operation-list.js";

const JSON_TYPE = /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i;

/** The schema of an operation's JSON body, where it takes one. */
export function jsonBodySchema(operation: Operation, resolve: ResolveRef): unknown {
  const content = objectAt(dereference(operation.definition["requestBody"], resolve), "content");
  const [type] = jsonTypes(content);
  return type === undefined ? undefined : objectAt(content, type)["schema"];
}

/** An operation's JSON body as a type over `schema`; `undefined` where it takes none. */
export function bodyType(operation: Operation, resolve: ResolveRef): string | undefined {
  const body = dereference(operation.definition["requestBody"], resolve);
  const types = jsonTypes(objectAt(body, "content"));
  if (types.length === 0) return undefined;
  const place = `schema[${JSON.stringify(operation.id)}]["requestBody"]`;
  return union(contentOf(body["required"] === true ? place : `NonNullable<${place}>`, types));
}

/**
 * What an operation answers with when it succeeds, as a type over `schema`: the JSON of all its 2xx
 * responses (of `default` where there is none), other content only where no JSON is offered, and
 * `undefined` for a response without content.
 */
export function responseType(operation: Operation, resolve: ResolveRef): string {
  const responses = objectAt(operation.definition, "responses");
  const successes = Object.keys(responses).filter((status) => /^2(?:\d\d|XX)$/i.test(status));
  const statuses = successes.length > 0 ? successes : "default" in responses ? ["default"] : [];
  const types = statuses.flatMap((status) => {
    const content = objectAt(dereference(responses[status], resolve), "content");
    const json = jsonTypes(content);
    const place = `schema[${JSON.stringify(operation.id)}]["responses"][${asKey(status)}]`;
    const offered = contentOf(place, json.length > 0 ? json : Object.keys(content));
    return offered.length > 0 ? offered : ["undefined"];
  });
  return union(types.length > 0 ? types : ["undefined"]);
}

function jsonTypes(content: JsonObject): string[] {
  return Object.keys(content).filter((type) => JSON_TYPE.test(type) && isObject(content[type]));
}

function contentOf(place: string, types: readonly string[]): string[] {
  return types.map((type) => `${place}["content"][${JSON.stringify(type)}]`);
}

function asKey(status: string): string {
  return /^\d+$/.test(status) ? status : JSON.stringify(status);
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(" | ");
}
