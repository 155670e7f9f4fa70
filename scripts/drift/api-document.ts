import { InputError } from "../lib/input-error.js";
import { printable } from "../lib/printable.js";
import { isObject, listAt, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { toPointer, valueAt } from "../../src/openapi/pointer.js";
import { referenceOf, type Located } from "../../src/openapi/references.js";
import { targetOf } from "../../src/openapi/schema-identifiers.js";
import { isJsonSchemaVersion, openApiVersion } from "../../src/openapi/version.js";

/** An OpenAPI 3 document that resolves its own references. */
export class ApiDocument {
  readonly root: JsonObject;
  /** In 3.0 the siblings of a `$ref` are ignored; since 3.1 they apply as well. */
  readonly refsHaveSiblings: boolean;
  #subtypes: Map<unknown, Located[]> | undefined;
  /** The objects that were compared key by key, and those that were compared as a whole. */
  readonly #compared = new WeakMap<object, "by key" | "whole">();

  /**
   * @param file where the document came from, for messages
   * @throws {InputError} if the value is not an OpenAPI 3 document
   */
  constructor(
    value: unknown,
    private readonly file: string,
  ) {
    if (!isObject(value)) throw new InputError(`${file}: is not an OpenAPI document`);
    const version = openApiVersion(value);
    if (!version) {
      const found = value["swagger"] ?? value["openapi"];
      const what = typeof found === "string" ? `is version ${found}` : "names no version";
      throw new InputError(`${file}: is not an OpenAPI 3 document (${what})`);
    }
    if (!isObject(value["paths"]) && !isObject(value["webhooks"]) && version.minor === 0)
      throw new InputError(`${file}: is not an OpenAPI 3 document (it has no paths)`);
    this.root = value;
    this.refsHaveSiblings = isJsonSchemaVersion(version);
  }

  /**
   * Follows a chain of references, of any length, to the value that it leads to.
   *
   * @throws {InputError} if a reference leads nowhere, in a circle, or out of the document: then
   * the documents cannot be compared.
   */
  resolve(located: Located): Located {
    return this.#followWhile(located, () => true);
  }

  /** The same, up to the first reference with siblings: in 3.1 they count as well. */
  resolveBare(located: Located): Located {
    return this.#followWhile(located, (value) => Object.keys(value).length === 1);
  }

  #followWhile(located: Located, isFollowed: (reference: JsonObject) => boolean): Located {
    const seen = new Set<unknown>();
    let current = located;
    while (referenceOf(current.value) !== undefined && isFollowed(current.value as JsonObject)) {
      if (seen.has(current.value)) throw this.#unresolved(located, "leads in a circle");
      seen.add(current.value);
      current = this.follow(current);
    }
    return current;
  }

  /** Follows one reference. */
  follow(located: Located): Located {
    const reference = referenceOf(located.value) ?? "";
    this.markCompared(located.value);
    const pointer = targetOf(this.root, reference, located.pointer);
    if (pointer !== undefined) return { value: valueAt(this.root, pointer), pointer };
    const isInside = reference.startsWith("#");
    throw this.#unresolved(located, isInside ? "leads nowhere" : "leads out of the document");
  }

  /** The components whose `allOf` refers to a schema. */
  subtypesOf(schema: JsonObject): Located[] {
    this.#subtypes ??= this.#readSubtypes();
    return this.#subtypes.get(schema) ?? [];
  }

  #readSubtypes(): Map<unknown, Located[]> {
    const subtypes = new Map<unknown, Located[]>();
    for (const [name, value] of Object.entries(objectAt(this.root, "components", "schemas"))) {
      const schema = { value, pointer: toPointer(["components", "schemas", name]) };
      for (const member of listAt(value, "allOf")) {
        const reference = referenceOf(member);
        const supertype = reference?.startsWith("#") ? valueAt(this.root, reference) : undefined;
        if (supertype) subtypes.set(supertype, [...(subtypes.get(supertype) ?? []), schema]);
      }
    }
    return subtypes;
  }

  #unresolved({ value, pointer }: Located, problem: string): InputError {
    const reference = `the reference ${JSON.stringify(referenceOf(value))} at ${pointer}`;
    const message = `${this.file}: cannot be compared: ${reference} ${problem}`;
    return new InputError(printable(message));
  }

  /** Marks each key of an object as compared. Anything below it counts only if it is marked too. */
  markCompared(value: unknown): void {
    if (typeof value === "object" && value !== null && !this.#compared.has(value))
      this.#compared.set(value, "by key");
  }

  /** Marks a value as compared, with everything below it. */
  markWhole(value: unknown): void {
    if (typeof value === "object" && value !== null) this.#compared.set(value, "whole");
  }

  /** How much of an object was compared. */
  comparedOf(value: unknown): "by key" | "whole" | undefined {
    return typeof value === "object" && value !== null ? this.#compared.get(value) : undefined;
  }

  /**
   * Follows a reference to an object that is not a schema. Since 3.1, a summary or description next
   * to the reference replaces the object's own.
   */
  resolveObject(located: Located): Located<JsonObject> {
    const { value, pointer } = this.resolve(located);
    const target = isObject(value) ? value : {};
    if (!this.refsHaveSiblings || !isObject(located.value) || target === located.value)
      return { value: target, pointer };
    const { summary, description } = located.value;
    if (!summary && !description) return { value: target, pointer };
    this.markCompared(target); // The caller compares its copy.
    const words = { ...(summary ? { summary } : {}), ...(description ? { description } : {}) };
    return { value: { ...target, ...words }, pointer };
  }
}

/** The member of an object under a key, and where it is or would be. */
export function memberAt(owner: Located<JsonObject>, key: string): Located {
  return { value: owner.value[key], pointer: owner.pointer + toPointer([key]) };
}

/** The items of a list, each with its pointer; empty if it is not a list. */
export function itemsAt({ value: list, pointer }: Located): Located[] {
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({ value, pointer: `${pointer}/${index}` }));
}
