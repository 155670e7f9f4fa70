import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { basePathOf } from "../../../src/openapi/servers.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import type { Direction } from "../rules.js";
import type { SchemaComparer } from "../schemas/schema-comparer.js";
import type { SchemaNode } from "../schemas/schema-node.js";
import type { Differences, Pair } from "./change.js";

/** An operation of one document. */
export interface Operation extends Located<JsonObject> {
  /** `POST /v2/pikzonality/style` */
  name: string;
  method: string;
  path: string;
  pathItem: Located<JsonObject>;
  document: ApiDocument;
}

/** The operations under `paths`, or the messages under `webhooks`. */
export function operationsUnder(document: ApiDocument, section: "paths" | "webhooks"): Operation[] {
  const paths = document.root[section];
  if (!isObject(paths)) return [];
  return Object.entries(paths)
    .filter(([path]) => !path.startsWith("x-"))
    .flatMap(([path, value]) =>
      operationsAt(document, { value, pointer: toPointer([section, path]) }, path, (method) =>
        section === "paths" ? `${method.toUpperCase()} ${path}` : `webhook ${path}`,
      ),
    );
}

/**
 * The callbacks of an operation. Their name is that of the operation, which is what a program deals
 * with; their path consists of their own name and address.
 */
export function callbacksOf({ document, value, pointer, name: owner }: Operation): Operation[] {
  return Object.entries(objectAt(value, "callbacks")).flatMap(([name, value]) => {
    const located = { value, pointer: pointer + toPointer(["callbacks", name]) };
    const callback = document.resolveObject(located);
    return Object.entries(callback.value)
      .filter(([address]) => !address.startsWith("x-"))
      .flatMap(([address, value]) => {
        const pathItem = { value, pointer: callback.pointer + toPointer([address]) };
        return operationsAt(document, pathItem, `${name} ${address}`, () => owner);
      });
  });
}

function operationsAt(
  document: ApiDocument,
  located: Located,
  path: string,
  nameOf: (method: string) => string,
): Operation[] {
  const pathItem = document.resolveObject(located);
  return HTTP_METHODS.flatMap((method) => {
    const operation = memberAt(pathItem, method);
    const { value, pointer } = operation;
    if (!isObject(value)) return [];
    return [{ name: nameOf(method), method, path, pathItem, document, value, pointer }];
  });
}

export interface PairedOperations {
  pairs: { base: Operation; revision: Operation }[];
  removed: Operation[];
  added: Operation[];
}

/**
 * Finds the counterpart of each operation: the one with its method and full address, including the
 * base path of the server, or else the one with its method and path. The names of path parameters
 * are never sent, so they count only if there is a choice.
 */
export function pairOperations(base: Operation[], revision: Operation[]): PairedOperations {
  const pairs: PairedOperations["pairs"] = [];
  let removed = base;
  let added = new Set(revision);
  const keys = [addressOf, ({ path }: Operation) => path].flatMap((key) => [
    key,
    (operation: Operation) => withoutNames(key(operation)),
  ]);
  for (const keyOf of keys) {
    const candidates = new Map(
      [...added].map((operation) => [`${operation.method} ${keyOf(operation)}`, operation]),
    );
    removed = removed.filter((operation) => {
      const counterpart = candidates.get(`${operation.method} ${keyOf(operation)}`);
      if (!counterpart || !added.delete(counterpart)) return true;
      pairs.push({ base: operation, revision: counterpart });
      return false;
    });
    added = new Set(added);
  }
  return { pairs, removed, added: [...added] };
}

/** The path on its server: `/v2/title` of a server with the base path `/v2`. */
function addressOf(operation: Operation): string {
  if (!operation.path.startsWith("/")) return operation.path;
  return basePathOf({ servers: serversOf(operation).value }) + operation.path;
}

/** A path template without the names of its parameters: `/styles/{}`. */
export function withoutNames(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}");
}

/**
 * The servers of an operation, whether the operation itself, its path item or the document declares
 * them.
 */
export function serversOf(operation: Operation): Located<unknown[]> {
  const document = { value: operation.document.root, pointer: "" };
  for (const { value, pointer } of [operation, operation.pathItem, document]) {
    const { servers } = value;
    if (Array.isArray(servers) && servers.length > 0)
      return { value: servers, pointer: `${pointer}/servers` };
  }
  return { value: [{ url: "/" }], pointer: "/servers" };
}

/** The location of an operation that only one document has, and what it concerns. */
export function onlyIn(side: "base" | "revision", { pointer, value, name }: Operation) {
  const nothing = { pointer, value: undefined };
  const places = { base: nothing, revision: nothing, [side]: { pointer, value } };
  return [places, { operation: name }] as const;
}

/** One operation in both documents, and everything needed to compare it. */
export interface OperationPair {
  base: Operation;
  revision: Operation;
  /** The API calls a webhook, so a request to it is something that we receive. */
  isWebhook: boolean;
  differences: Differences;
  schemas: SchemaComparer;
  /** The callbacks that led to this one, since a callback may refer to itself. */
  ancestors?: readonly JsonObject[];
}

/** The operation and direction to record with changes of a request or a response. */
export function contextOf(
  { base, isWebhook }: OperationPair,
  message: "request" | "response",
): { operation: string; direction: Direction } {
  const opposite = message === "request" ? "response" : "request";
  return { operation: base.name, direction: isWebhook ? opposite : message };
}

/**
 * Compares the schemas of two parameters, headers or media types. Without a schema, any value is
 * allowed.
 */
export function compareSchemaOf({ schemas }: OperationPair, { base, revision }: Pair): SchemaNode {
  const from = memberAt(base, "schema");
  const to = memberAt(revision, "schema");
  return schemas.compare(orNone(from), orNone(to), from, to);
}

function orNone(schema: Located): Located[] | undefined {
  return schema.value === undefined ? undefined : [schema];
}
