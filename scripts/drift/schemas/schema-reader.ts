import { type JsonObject, stringsAt } from "../../../src/openapi/json.js";
import type { Located } from "../../../src/openapi/references.js";
import { type ApiDocument, memberAt } from "../api-document.js";
import {
  readLimits,
  readListsNull,
  readMultiples,
  readPatterns,
  readValues,
} from "./constraints.js";
import { readDiscriminator } from "./discriminator.js";
import { flattenAllOf, isDocsKeyword, isUnderstood, readGroups } from "./flatten-all-of.js";
import { readAdditional, readProperties } from "./objects.js";
import type { AllOfMember, SchemaView, SchemaViews, Schemas } from "./schema-node.js";
import { readFormats, readNullable, readTypes } from "./types.js";

/** Reads the schemas of one document. The same schemas are read once, so cycles terminate. */
export class SchemaReader implements SchemaViews {
  readonly #views = new Map<string, SchemaView>();
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;

  constructor(readonly document: ApiDocument) {}

  /** What schemas that must all hold demand together. Without a schema, anything is allowed. */
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

  /** Follows bare references and removes duplicates, so that equal demands get the same key. */
  #distinct(schemas: Schemas): { id: string; member: Located }[] {
    const members = new Map<string, { id: string; member: Located }>();
    for (const schema of schemas) {
      const member = this.document.resolveBare(schema);
      const id = this.#idOf(member);
      members.set(id, { id, member });
    }
    return [...members.values()];
  }

  #idOf({ value, pointer }: Located): string {
    if (typeof value !== "object" || value === null) return `${String(value)} at ${pointer}`;
    const known = this.#ids.get(value);
    if (known !== undefined) return String(known);
    this.#lastId += 1;
    this.#ids.set(value, this.#lastId);
    return String(this.#lastId);
  }
}

function readSchema(document: ApiDocument, schemas: Schemas, pointer: string): SchemaView {
  const members = flattenAllOf(document, schemas);
  const objects = members.map(({ value }) => value);
  const groups = members.flatMap((member) => readGroups(document, member));
  return {
    pointer,
    members,
    types: readTypes(objects, groups),
    nullable: readNullable(members),
    formats: readFormats(objects),
    patterns: readPatterns(objects),
    values: readValues(objects),
    listsNull: readListsNull(objects),
    limits: readLimits(objects),
    multiplesOf: readMultiples(objects),
    uniqueItems: objects.some((schema) => schema["uniqueItems"] === true),
    required: new Set(objects.flatMap((schema) => stringsAt(schema, "required"))),
    properties: readProperties(document, members),
    additional: readAdditional(members),
    items: readItems(members),
    groups: groups.filter((group) => group.alternatives.length > 1 && !group.bareTypes),
    typeGroups: groups.filter((group) => group.bareTypes),
    typesBesideGroups: readTypes(objects, []),
    not: schemasUnder(members, "not") ?? [],
    readOnly: objects.some((schema) => schema["readOnly"] === true),
    writeOnly: objects.some((schema) => schema["writeOnly"] === true),
    deprecated: objects.some((schema) => schema["deprecated"] === true),
    defaults: objects.flatMap((schema) => schema["default"] ?? []),
    discriminator: readDiscriminator(document, members, groups),
    others: readOthers(members),
    docs: readDocs(objects),
    withoutGroups: members.map((member) => ({ ...member, value: withoutGroups(member.value) })),
  };
}

function readItems(members: readonly AllOfMember[]): SchemaView["items"] {
  const items = schemasUnder(members, "items");
  return items?.some(({ value }) => value === false) ? "closed" : items;
}

function schemasUnder(members: readonly AllOfMember[], keyword: string): Located[] | undefined {
  const found = members
    .map((member) => memberAt(member, keyword))
    .filter(({ value }) => value !== undefined);
  return found.length > 0 ? found : undefined;
}

function readOthers(members: readonly AllOfMember[]): Map<string, Located[]> {
  const others = new Map<string, Located[]>();
  for (const member of members) {
    for (const keyword of Object.keys(member.value)) {
      if (isUnderstood(keyword, member.value[keyword]) || isDocsKeyword(keyword)) continue;
      others.set(keyword, [...(others.get(keyword) ?? []), memberAt(member, keyword)]);
    }
  }
  return others;
}

function readDocs(objects: readonly JsonObject[]): Map<string, unknown[]> {
  const docs = new Map<string, unknown[]>();
  for (const schema of objects)
    for (const [keyword, value] of Object.entries(schema))
      if (isDocsKeyword(keyword)) docs.set(keyword, [...(docs.get(keyword) ?? []), value]);
  return docs;
}

const knownWithoutGroups = new WeakMap<JsonObject, JsonObject>();

/**
 * The schema without wrappers; always the same object for the same schema, so that cycles
 * terminate.
 */
function withoutGroups(schema: JsonObject): JsonObject {
  const isOwn = (keyword: string) => !["allOf", "oneOf", "anyOf"].includes(keyword);
  if (Object.keys(schema).every(isOwn)) return schema;
  const known = knownWithoutGroups.get(schema);
  if (known) return known;
  const own = Object.fromEntries(Object.entries(schema).filter(([keyword]) => isOwn(keyword)));
  knownWithoutGroups.set(schema, own);
  return own;
}
