import { InputError } from "../lib/input-error.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { followReferences, type Located } from "../../src/openapi/references.js";
import { isJsonSchemaVersion, openApiVersion } from "../../src/openapi/version.js";

/** An OpenAPI 3 document that follows its own references. */
export class ApiDocument {
  readonly root: JsonObject;
  /** In 3.0 what stands beside a `$ref` has no meaning; from 3.1 on it applies as well. */
  readonly refsHaveSiblings: boolean;

  /**
   * @param file where the document came from, for messages
   * @throws {InputError} if the value is not an OpenAPI 3 document
   */
  constructor(value: unknown, file: string) {
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
   * Follows a reference to what it stands for. One that leads nowhere, in circles, or out of the
   * document is left as it is and so compared by its text.
   */
  resolve(located: Located): Located {
    return followReferences(this.root, located) ?? located;
  }

  /**
   * Follows a reference to an object that is not a schema. From 3.1 on the summary and the
   * description beside the reference replace its own.
   */
  resolveObject(located: Located): Located<JsonObject> {
    const { value, pointer } = this.resolve(located);
    const target = isObject(value) ? value : {};
    if (!this.refsHaveSiblings || !isObject(located.value) || target === located.value)
      return { value: target, pointer };
    const { summary, description } = located.value;
    const words = { ...(summary ? { summary } : {}), ...(description ? { description } : {}) };
    return { value: { ...target, ...words }, pointer };
  }
}

/** The member of an object under a key, and where it is or would be. */
export function memberAt(owner: Located<JsonObject>, key: string): Located {
  return { value: owner.value[key], pointer: owner.pointer + toPointer([key]) };
}

/** The items of a list, each with its pointer; none if there is no list. */
export function itemsAt({ value: list, pointer }: Located): Located[] {
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({ value, pointer: `${pointer}/${index}` }));
}
