import { InputError } from "../lib/input-error.js";
import { valueAt } from "../../src/openapi/pointer.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";

/** A value of a document and the JSON Pointer to it. */
export interface Located<Value = unknown> {
  value: Value;
  pointer: string;
}

/** References to references to references: past this many, something goes in circles. */
const MAX_HOPS = 32;

/** An OpenAPI 3 document that follows its own references. */
export class ApiDocument {
  readonly root: JsonObject;
  /** In 3.0 what stands beside a `$ref` has no meaning; from 3.1 on it applies as well. */
  readonly refsHaveSiblings: boolean;

  /**
   * @param file where the document came from, for messages
   * @throws {InputError} when the value is not an OpenAPI 3 document
   */
  constructor(value: unknown, file: string) {
    if (!isObject(value)) throw new InputError(`${file}: is not an OpenAPI document`);
    const version = value["openapi"];
    if (typeof version !== "string" || !/^3\.\d/.test(version)) {
      const found = value["swagger"] ?? version;
      const what = typeof found === "string" ? `is version ${found}` : "names no version";
      throw new InputError(`${file}: is not an OpenAPI 3 document (${what})`);
    }
    if (!isObject(value["paths"]) && !isObject(value["webhooks"]) && version.startsWith("3.0"))
      throw new InputError(`${file}: is not an OpenAPI 3 document (it has no paths)`);
    this.root = value;
    this.refsHaveSiblings = !version.startsWith("3.0");
  }

  /**
   * Follows a reference to what it stands for. One that leads nowhere, in circles, or out of the
   * document is left as it is and so compared by its text.
   */
  resolve(located: Located): Located {
    let current = located;
    for (let hops = 0; hops < MAX_HOPS; hops += 1) {
      const reference = referenceOf(current.value);
      if (reference === undefined) return current;
      const value = reference.startsWith("#") ? valueAt(this.root, decode(reference)) : undefined;
      if (value === undefined) return current;
      current = { value, pointer: decode(reference).slice(1) };
    }
    return located;
  }

  /**
   * Follows a reference to an object that is not a schema. From 3.1 on the summary and the
   * description beside the reference take the place of its own.
   */
  resolveObject(located: Located): Located<JsonObject> {
    const { value, pointer } = this.resolve(located);
    const target = isObject(value) ? value : {};
    if (!this.refsHaveSiblings || !isObject(located.value) || target === located.value)
      return { value: target, pointer };
    const { summary, description } = located.value;
    const said = { ...(summary ? { summary } : {}), ...(description ? { description } : {}) };
    return { value: { ...target, ...said }, pointer };
  }
}

/** The items of a list, each with its pointer; nothing where there is no list. */
export function locatedItems(list: unknown, pointer: string): Located[] {
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({ value, pointer: `${pointer}/${index}` }));
}

export function referenceOf(schema: unknown): string | undefined {
  if (!isObject(schema)) return undefined;
  const reference = schema["$ref"];
  return typeof reference === "string" ? reference : undefined;
}

function decode(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference; // A bare % in a component's name.
  }
}
