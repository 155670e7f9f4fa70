import { isObject, type JsonObject } from "./json.js";
import { kindOf, kindOfItem, type KeywordKind } from "./keyword-kinds.js";

/** Called with an object and the keys to it. The list of keys is reused: copy it to keep it. */
type VisitObject = (object: JsonObject, path: readonly string[]) => void;

/**
 * Visits every object of a document whose keys are OpenAPI's own: schemas, parameters, operations.
 * Maps with names of the author's choice are passed through (`properties` is not visited, each
 * property is), and data such as `default` or an example is left alone.
 */
export function walkObjects(value: unknown, visit: VisitObject, kind: KeywordKind = "spec"): void {
  walk(value, kind, [], visit);
}

function walk(value: unknown, kind: KeywordKind, path: string[], visit: VisitObject): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      path.push(String(index));
      walk(item, kindOfItem(kind), path, visit);
      path.pop();
    }
  } else if (isObject(value)) {
    if (kind === "spec") visit(value, path);
    for (const key of Object.keys(value)) {
      const inner = kindWithReferences(key, value[key], kind);
      if (inner !== "spec" && inner !== "names") continue;
      path.push(key);
      walk(value[key], inner, path, visit);
      path.pop();
    }
  }
}

/** Named examples are text for people, but each of them may be a reference to a component. */
function kindWithReferences(key: string, value: unknown, parent: KeywordKind): KeywordKind {
  const areNamed = key === "examples" && parent === "spec" && isObject(value);
  return areNamed ? "names" : kindOf(key, parent);
}

/** A location in a document that refers to another one. */
export interface ReferenceUse {
  /** The reference as written; anything but a string is an error. */
  reference: unknown;
  /** Keys to it: `["paths", "/a", "get", …, "$ref"]`. */
  path: string[];
  keyword: "$ref" | "$dynamicRef" | "mapping";
}

/**
 * Visits every reference of a document, or of a part of one: `$ref`, `$dynamicRef`, and the values
 * of a discriminator's `mapping`, each of which may also be the bare name of a schema.
 */
export function walkReferences(value: unknown, visit: (use: ReferenceUse) => void): void {
  walkObjects(value, (object, path) => {
    for (const keyword of ["$ref", "$dynamicRef"] as const) {
      if (!Object.hasOwn(object, keyword)) continue;
      visit({ reference: object[keyword], path: [...path, keyword], keyword });
    }
    const { discriminator } = object;
    const mapping = isObject(discriminator) ? discriminator["mapping"] : undefined;
    for (const [name, reference] of Object.entries(isObject(mapping) ? mapping : {})) {
      visit({ reference, path: [...path, "discriminator", "mapping", name], keyword: "mapping" });
    }
  });
}
