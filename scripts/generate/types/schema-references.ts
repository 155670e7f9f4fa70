import { isObject, listAt, type JsonObject } from "../../../src/openapi/json.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { referenceOf } from "../../../src/openapi/references.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import type { Problem } from "../../lib/problem.js";
import { freeName } from "../operation-list.js";

/** Names that a document's types must not take. */
const RESERVED = ["paths", "webhooks", "components", "operations", "WithRequired", "Blob"];

/** Finds out which schemas a document refers to, and which of them need a name of their own. */
export class SchemaReferences {
  readonly problems: Problem[] = [];
  readonly #document: JsonObject;
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;

  /**
   * @param schemas JSON Pointers to every schema that references may lead to.
   * @param taken names of types that already exist.
   */
  constructor(document: JsonObject, references: readonly string[], taken: Iterable<string>) {
    this.#document = document;
    this.#taken = new Set([...RESERVED, ...taken]);
    const targets = new Set(references);
    for (const pointer of targets) if (!isComponent(pointer)) this.#name(pointer);
    const components = Object.keys(componentSchemas(document)).map((name) =>
      toPointer(["components", "schemas", name]),
    );
    for (const ring of rings([...new Set([...components, ...targets])], (pointer) =>
      this.#immediateTargets(pointer),
    )) {
      this.#checkRing(ring);
      for (const pointer of ring) this.#name(pointer);
    }
  }

  /**
   * The name of a schema's type; `undefined` if it is referred to by its location in `components`.
   */
  nameOf(pointer: string): string | undefined {
    return this.#names.get(pointer);
  }

  /** JSON Pointers to the schemas that have names, and those names. */
  get named(): ReadonlyMap<string, string> {
    return this.#names;
  }

  /** Where a reference finally leads, skipping schemas that are only references themselves. */
  target(reference: string, from: string): string | undefined {
    return targetOfReference(this.#document, reference, from);
  }

  #name(pointer: string): void {
    if (this.#names.has(pointer)) return;
    const name = freeName(typeName(pointer), this.#taken);
    this.#taken.add(name);
    this.#names.set(pointer, name);
  }

  #immediateTargets(pointer: string): string[] {
    return immediateReferences(this.#document, pointer).map(({ target }) => target);
  }

  /** A cycle through an array can be a type; a cycle of only references and alternatives cannot. */
  #checkRing(ring: ReadonlySet<string>): void {
    const [endless] = rings([...ring], (pointer) =>
      immediateReferences(this.#document, pointer)
        .filter(({ isInArray }) => !isInArray)
        .map(({ target }) => target),
    );
    const [pointer] = endless ?? [];
    if (pointer === undefined) return;
    this.problems.push({
      path: fromPointer(pointer),
      message: "refers to itself without a property or an array in between, which no type can say",
    });
  }
}

/**
 * Where a reference finally leads; `undefined` if nowhere, or to something that is not a schema.
 */
export function targetOfReference(
  document: JsonObject,
  reference: string,
  from: string,
): string | undefined {
  const finals = finalTargets.get(document) ?? new Map<string, string>();
  finalTargets.set(document, finals);
  const passed: string[] = [];
  let pointer = targetOf(document, reference, from);
  while (pointer !== undefined && !finals.has(pointer)) {
    const value = valueAt(document, pointer);
    const next =
      isObject(value) && Object.keys(value).length === 1 ? referenceOf(value) : undefined;
    if (next === undefined || passed.includes(pointer)) finals.set(pointer, pointer);
    else {
      passed.push(pointer);
      pointer = targetOf(document, next, pointer);
    }
  }
  const final = pointer === undefined ? undefined : finals.get(pointer);
  if (final !== undefined) for (const one of passed) finals.set(one, final);
  return final;
}

/** Pointer → where the references at that location finally lead, for each document. */
const finalTargets = new WeakMap<JsonObject, Map<string, string>>();

interface ImmediateReference {
  target: string;
  isInArray: boolean;
}

/** The schemas that a schema's type mentions, except in the properties of an object. */
function immediateReferences(document: JsonObject, pointer: string): ImmediateReference[] {
  const found: ImmediateReference[] = [];
  const visit = (schema: unknown, place: string, isInArray: boolean) => {
    if (!isObject(schema)) return;
    const reference = referenceOf(schema);
    const target = reference && targetOfReference(document, reference, place);
    if (target !== undefined && target !== "" && !isParentOf(document, target, pointer)) {
      found.push({ target, isInArray });
    }
    for (const keyword of ["allOf", "anyOf", "oneOf", "prefixItems"]) {
      for (const [index, member] of listAt(schema, keyword).entries()) {
        const inArray = isInArray || keyword === "prefixItems";
        visit(member, place + toPointer([keyword, index]), inArray);
      }
    }
    visit(schema["items"], `${place}/items`, true);
  };
  visit(valueAt(document, pointer), pointer, false);
  return found;
}

/** Whether a schema lists another among its alternatives although that one extends it. */
export function isParentOf(document: JsonObject, parent: string, child: string): boolean {
  const schema = valueAt(document, parent);
  return (
    ["oneOf", "anyOf"].some((keyword) =>
      listAt(schema, keyword).some((member) => {
        const reference = referenceOf(member);
        return reference !== undefined && targetOfReference(document, reference, parent) === child;
      }),
    ) && listAt(valueAt(document, child), "allOf").length > 0
  );
}

/** The sets of locations that lead to each other, or to themselves (Tarjan's algorithm). */
function rings(
  places: readonly string[],
  leadsTo: (place: string) => readonly string[],
): Set<string>[] {
  const found: Set<string>[] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (place: string) => {
    order.set(place, order.size);
    lowest.set(place, order.size - 1);
    path.push(place);
    const next = leadsTo(place);
    for (const other of next) {
      if (!order.has(other)) visit(other);
      if (path.includes(other)) {
        lowest.set(place, Math.min(lowest.get(place) ?? 0, lowest.get(other) ?? 0));
      }
    }
    if (lowest.get(place) !== order.get(place)) return;
    const ring = path.splice(path.indexOf(place));
    if (ring.length > 1 || next.includes(place)) found.push(new Set(ring));
  };
  for (const place of places) if (!order.has(place)) visit(place);
  return found;
}

function componentSchemas(document: JsonObject): JsonObject {
  const schemas = valueAt(document, "/components/schemas");
  return isObject(schemas) ? schemas : {};
}

/**
 * Whether openapi-typescript refers to a schema by its location: `components["schemas"]["Name"]`.
 */
function isComponent(pointer: string): boolean {
  return /^\/components\/schemas\/[^/]+$/.test(pointer);
}

/** `/components/schemas/Order/properties/items/items` → `OrderItemsItem`. */
function typeName(pointer: string): string {
  const keys = fromPointer(pointer).filter(
    (key, index) => !SILENT.has(key) && !(index < 2 && ["components", "schemas"].includes(key)),
  );
  const words = keys.flatMap((key) =>
    key === "items" ? "item" : key.split(/[^\p{ID_Continue}]+|_+/u),
  );
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{ID_Start}/u.test(name) ? name : `Schema${name}`;
}

const SILENT = new Set(["properties", "schema", "content", "paths", "$defs"]);
