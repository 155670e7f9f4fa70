import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { ApiDocument, Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";

/** An operation of one document. */
export interface Operation extends Located<JsonObject> {
  /** `POST /v2/pikzonality/style` */
  name: string;
  method: string;
  path: string;
  pathItem: Located<JsonObject>;
}

/** The operations under `paths`, or the messages under `webhooks`. */
export function operationsOf(document: ApiDocument, section: "paths" | "webhooks"): Operation[] {
  const paths = document.root[section];
  if (!isObject(paths)) return [];
  return Object.entries(paths)
    .filter(([path]) => !path.startsWith("x-"))
    .flatMap(([path, value]) => {
      const pathItem = document.resolveObject({ value, pointer: toPointer([section, path]) });
      return HTTP_METHODS.flatMap((method) => {
        const operation = pathItem.value[method];
        if (!isObject(operation)) return [];
        const name = `${section === "paths" ? method.toUpperCase() : "webhook"} ${path}`;
        const pointer = `${pathItem.pointer}/${method}`;
        return [{ name, method, path, pathItem, value: operation, pointer }];
      });
    });
}

export interface PairedOperations {
  pairs: { base: Operation; revision: Operation }[];
  removed: Operation[];
  added: Operation[];
}

/**
 * Finds for each operation the one it was: by method and path, then by method and path without the
 * names of the path's parameters, which no program ever sends.
 */
export function pairOperations(base: Operation[], revision: Operation[]): PairedOperations {
  const pairs: PairedOperations["pairs"] = [];
  let removed = base;
  let added = new Set(revision);
  for (const keyOf of [exactKey, anonymousKey]) {
    const candidates = new Map([...added].map((operation) => [keyOf(operation), operation]));
    removed = removed.filter((operation) => {
      const counterpart = candidates.get(keyOf(operation));
      if (!counterpart || !added.delete(counterpart)) return true;
      pairs.push({ base: operation, revision: counterpart });
      return false;
    });
    added = new Set(added);
  }
  return { pairs, removed, added: [...added] };
}

function exactKey({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function anonymousKey({ method, path }: Operation): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
}
