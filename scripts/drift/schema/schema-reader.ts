import { referenceOf, type ApiDocument, type Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { missingFrom } from "../json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import { readGroup, typeNames, type AlternativeGroup } from "./alternatives.js";
import { isDocsKeyword, STRUCTURAL_KEYWORDS } from "./keywords.js";
import { leavesOf, type Leaf } from "./leaves.js";
import { addLimit, readLimits, type Limit, type LimitName } from "./limits.js";
import { readNullable } from "./nullable.js";
import type { Schemas, SchemaView } from "./schema-view.js";

/** Reads the schemas of one document; the same schemas are read once, so cycles come to an end. */
export class SchemaReader {
  readonly #views = new Map<string, SchemaView>();
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;

  constructor(readonly document: ApiDocument) {}

  /** What schemas that must all hold demand together. No schema at all allows anything. */
  read(schemas: Schemas | undefined, pointer: string): SchemaView {
    const members = this.#distinct(schemas ?? []);
    const key = members.length > 0 ? members.map(({ id }) => id).join() : `any ${pointer}`;
    const known = this.#views.get(key);
    if (known) return known;
    const located = members.map(({ member }) => member);
    const view = readSchema(this.document, located, located[0]?.pointer ?? pointer);
    this.#views.set(key, view);
    return view;
  }

  /** Follows bare references and drops repetitions, so that equal demands get the same key. */
  #distinct(schemas: Schemas): { id: string; member: Located }[] {
    const members = new Map<string, { id: string; member: Located }>();
    for (const schema of schemas) {
      const isBare = isObject(schema.value) && Object.keys(schema.value).length === 1;
      const member =
        isBare && referenceOf(schema.value) !== undefined ? this.document.resolve(schema) : schema;
      const id = this.#idOf(member.value);
      members.set(id, { id, member });
    }
    return [...members.values()];
  }

  #idOf(value: unknown): string {
    if (typeof value !== "object" || value === null) return String(value);
    const known = this.#ids.get(value);
    if (known !== undefined) return String(known);
    this.#lastId += 1;
    this.#ids.set(value, this.#lastId);
    return String(this.#lastId);
  }
}

function readSchema(document: ApiDocument, members: Schemas, pointer: string): SchemaView {
  const leaves = leavesOf(document, members);
  const objects = leaves.map(({ value }) => value);
  const groups = groupsOf(document, leaves);
  return {
    pointer,
    types: typesOf(objects, groups),
    nullable: readNullable(document, members),
    format: firstString(objects, "format"),
    patterns: [...new Set(stringsOf(objects, "pattern"))].filter(isTelling).sort(),
    values: valuesOf(objects),
    limits: limitsOf(objects),
    multipleOf: objects.map((schema) => schema["multipleOf"]).find((n) => typeof n === "number"),
    uniqueItems: objects.some((schema) => schema["uniqueItems"] === true),
    required: new Set(objects.flatMap((schema) => strings(schema["required"]))),
    properties: propertiesOf(leaves),
    additional: additionalOf(leaves),
    items: schemasUnder(leaves, "items"),
    groups: groups.filter((group) => group.alternatives.length > 1 && !group.bareTypes),
    not: schemasUnder(leaves, "not") ?? [],
    readOnly: objects.some((schema) => schema["readOnly"] === true),
    writeOnly: objects.some((schema) => schema["writeOnly"] === true),
    deprecated: objects.some((schema) => schema["deprecated"] === true),
    default: objects.find((schema) => schema["default"] !== undefined)?.["default"],
    others: othersOf(leaves),
    docs: docsOf(objects),
    withoutGroups: leaves.map((leaf) => ({ ...leaf, value: ownPart(leaf.value) })),
  };
}

function groupsOf(document: ApiDocument, leaves: readonly Leaf[]): AlternativeGroup[] {
  return leaves.flatMap(({ value, pointer }) =>
    (["oneOf", "anyOf"] as const).flatMap(
      (kind) => readGroup(document, value, kind, pointer) ?? [],
    ),
  );
}

function typesOf(objects: JsonObject[], groups: AlternativeGroup[]): Set<string> | undefined {
  const lists = [...objects.map(typeNames), ...groups.map((group) => group.bareTypes)];
  const named = lists.filter((names) => names !== undefined).map(withoutNull);
  const [first, ...rest] = named;
  if (!first) return undefined;
  return new Set(rest.reduce(inBoth, first));
}

function withoutNull(names: string[]): string[] {
  return names.filter((name) => name !== "null");
}

/** The types that both lists allow; an integer is a number. */
function inBoth(left: string[], right: string[]): string[] {
  const allows = (names: string[], name: string) =>
    names.includes(name) || (name === "integer" && names.includes("number"));
  return [
    ...left.filter((name) => allows(right, name)),
    ...right.filter((name) => allows(left, name)),
  ];
}

function valuesOf(objects: JsonObject[]): unknown[] | undefined {
  const lists = objects.flatMap((schema) => {
    const list: unknown[] = Object.hasOwn(schema, "const") ? [[schema["const"]]] : [];
    return Array.isArray(schema["enum"]) ? [...list, schema["enum"]] : list;
  }) as unknown[][];
  const [first, ...rest] = lists;
  const common = rest.reduce(
    (kept, list) => kept?.filter((value) => missingFrom([value], list).length === 0),
    first,
  );
  return common?.filter((value) => value !== null);
}

function limitsOf(objects: JsonObject[]): Map<LimitName, Limit> {
  const limits = new Map<LimitName, Limit>();
  for (const schema of objects)
    for (const [name, limit] of readLimits(schema)) addLimit(limits, name, limit);
  return limits;
}

function propertiesOf(leaves: readonly Leaf[]): Map<string, Schemas> {
  const properties = new Map<string, Located[]>();
  for (const { value, pointer } of leaves) {
    if (!isObject(value["properties"])) continue;
    for (const [name, schema] of Object.entries(value["properties"])) {
      const located = { value: schema, pointer: pointer + toPointer(["properties", name]) };
      properties.set(name, [...(properties.get(name) ?? []), located]);
    }
  }
  return properties;
}

function additionalOf(leaves: readonly Leaf[]): Schemas | "closed" | undefined {
  if (leaves.some(({ value }) => value["additionalProperties"] === false)) return "closed";
  const schemas = schemasUnder(leaves, "additionalProperties") ?? [];
  // `true` and `{}` say what leaving the keyword out says.
  const telling = schemas.filter(({ value }) => isObject(value) && Object.keys(value).length > 0);
  return telling.length > 0 ? telling : undefined;
}

function schemasUnder(leaves: readonly Leaf[], keyword: string): Located[] | undefined {
  const found = leaves.flatMap(({ value, pointer }) =>
    value[keyword] === undefined
      ? []
      : [{ value: value[keyword], pointer: `${pointer}/${keyword}` }],
  );
  return found.length > 0 ? found : undefined;
}

function othersOf(leaves: readonly Leaf[]): Map<string, Located[]> {
  const others = new Map<string, Located[]>();
  for (const { value, pointer } of leaves) {
    for (const [keyword, setting] of Object.entries(value)) {
      if (STRUCTURAL_KEYWORDS.has(keyword) || isDocsKeyword(keyword)) continue;
      const located = { value: setting, pointer: pointer + toPointer([keyword]) };
      others.set(keyword, [...(others.get(keyword) ?? []), located]);
    }
  }
  return others;
}

function docsOf(objects: JsonObject[]): Map<string, unknown> {
  const docs = new Map<string, unknown>();
  for (const schema of objects)
    for (const [keyword, value] of Object.entries(schema))
      if (isDocsKeyword(keyword) && !docs.has(keyword)) docs.set(keyword, value);
  return docs;
}

const ownParts = new WeakMap<JsonObject, JsonObject>();

/** Without what wraps other schemas; the same object for the same schema, so that cycles end. */
function ownPart(schema: JsonObject): JsonObject {
  const isOwn = (keyword: string) => !["allOf", "oneOf", "anyOf"].includes(keyword);
  if (Object.keys(schema).every(isOwn)) return schema;
  const known = ownParts.get(schema);
  if (known) return known;
  const own = Object.fromEntries(Object.entries(schema).filter(([keyword]) => isOwn(keyword)));
  ownParts.set(schema, own);
  return own;
}

/** These patterns match every text. */
function isTelling(pattern: string): boolean {
  return pattern !== "" && pattern !== ".*";
}

function stringsOf(objects: JsonObject[], keyword: string): string[] {
  return objects.map((schema) => schema[keyword]).filter((value) => typeof value === "string");
}

function firstString(objects: JsonObject[], keyword: string): string | undefined {
  return stringsOf(objects, keyword)[0];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
