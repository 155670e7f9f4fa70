import type { Level } from "../../../scripts/drift/rules.js";
import type { JsonObject } from "../../../src/openapi/json.js";
import { fromPointer } from "../../../src/openapi/pointer.js";

/** A single change to a document, and what it means. */
export type Mutation = [what: string, level: Level, change: (api: JsonObject) => unknown];

/** Sets the value at a pointer. Its parents have to exist. */
export function set(pointer: string, value: unknown): Mutation[2] {
  return (api) => {
    const { owner, key } = ownerOf(api, pointer);
    owner[key] = structuredClone(value);
  };
}

/** Removes the value at a pointer; a list item is removed with its position. */
export function remove(pointer: string): Mutation[2] {
  return (api) => {
    const { owner, key } = ownerOf(api, pointer);
    if (!Object.hasOwn(owner, key)) throw new Error(`nothing at ${pointer}`);
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else Reflect.deleteProperty(owner, key);
  };
}

/** Renames the key of the value at a pointer. */
export function rename(pointer: string, name: string): Mutation[2] {
  return (api) => {
    const { owner, key } = ownerOf(api, pointer);
    if (!Object.hasOwn(owner, key)) throw new Error(`nothing at ${pointer}`);
    owner[name] = owner[key];
    Reflect.deleteProperty(owner, key);
  };
}

function ownerOf(api: JsonObject, pointer: string): { owner: JsonObject; key: string } {
  const keys = fromPointer(pointer);
  const owner = keys.slice(0, -1).reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
      throw new Error(`nothing on the way to ${pointer}`);
    return (value as JsonObject)[key];
  }, api);
  return { owner: owner as JsonObject, key: keys.at(-1) ?? "" };
}
