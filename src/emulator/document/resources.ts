import type { JsonObject } from "../../openapi/json.js";
import { lifecycleOf, type Lifecycle } from "../../openapi/lifecycle.js";
import { valueAt } from "../../openapi/pointer.js";
import type { Operation, Parameter } from "./operations.js";
import { propertySchemas } from "./property-schemas.js";

/**
 * A kind of resource that operations create, read, list, update and delete, such as personas and
 * styles.
 */
export interface ResourceType {
  /** The template of the path to one of them: `/v2/pikzonality/{id}`. */
  path: string;
  /** The path that lists them: `/v2/pikzonality`. */
  collectionPath: string;
  /** The path parameter that names one: `id`. */
  idParameter: string;
  /** What its ids look like. */
  idSchema: JsonObject;
  /** What the creating operations add to the collection's path: `persona`, `style`. */
  labels: string[];
  /** The fields that a request can set, on creation or later. */
  settableFields: Set<string>;
  /** The values of the status during the work, after success and after failure. */
  lifecycle: Lifecycle | undefined;
}

/** What an operation does to resources. */
export type Role =
  | { does: "create"; type: ResourceType; label: string | undefined }
  | { does: "read" | "update" | "delete" | "list"; type: ResourceType }
  | { does: "work" };

/**
 * Finds out what each operation does to which resource. A path that ends in a parameter and can be
 * read or deleted identifies a resource. A POST creates one if its path is the collection's,
 * perhaps with one more segment, and its answer has an id; or if its answer has a property with the
 * parameter's own name. A slash at the end of a path makes no difference, nor does an envelope around
 * the resource in an answer.
 */
export function findRoles(
  document: JsonObject,
  operations: readonly Operation[],
): Map<Operation, Role> {
  const types = findTypes(document, operations);
  const roles = new Map<Operation, Role>();
  for (const operation of operations) {
    const { method } = operation;
    const path = withoutSlash(operation.path);
    const item = types.find((type) => type.path === path);
    const collection = types.find((type) => type.collectionPath === path);
    const creation = method === "POST" ? findCreation(document, operation, types) : undefined;
    if (creation) {
      const { type, label } = creation;
      if (label !== undefined) type.labels.push(label);
      roles.set(operation, { does: "create", type, label });
    } else if (item && itemRoles[method]) {
      roles.set(operation, { does: itemRoles[method], type: item });
    } else if (collection && method === "GET") {
      roles.set(operation, { does: "list", type: collection });
    } else {
      roles.set(operation, { does: "work" });
    }
  }
  for (const [operation, role] of roles)
    if (role.does === "create" || role.does === "update")
      for (const name of bodyProperties(document, operation).keys())
        role.type.settableFields.add(name);
  return roles;
}

/** Whether an operation creates resources of a type; if none does, any id may exist. */
export function isCreatable({ path }: ResourceType, roles: ReadonlyMap<Operation, Role>): boolean {
  return [...roles.values()].some((role) => role.does === "create" && role.type.path === path);
}

const itemRoles: Record<string, "read" | "update" | "delete"> = {
  GET: "read",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
};

function findTypes(document: JsonObject, operations: readonly Operation[]): ResourceType[] {
  const types = new Map<string, ResourceType>();
  for (const operation of operations) {
    const path = withoutSlash(operation.path);
    const [, collectionPath, idParameter] = /^(.*)\/\{([^}/]+)\}$/.exec(path) ?? [];
    if (collectionPath === undefined || idParameter === undefined) continue;
    if (!itemRoles[operation.method]) continue;
    const known = types.get(path);
    const properties = resourceProperties(document, operation, idParameter);
    const lifecycle = operation.method === "GET" ? lifecycleOf(properties) : undefined;
    const isId = ({ name, in: place }: Parameter) => place === "path" && name === idParameter;
    types.set(path, {
      path,
      collectionPath,
      idParameter,
      idSchema:
        known?.idSchema ??
        properties.get(idParameter) ??
        properties.get("id") ??
        operation.parameters.find(isId)?.schema ??
        {},
      labels: [],
      settableFields: new Set(),
      lifecycle: lifecycle ?? known?.lifecycle,
    });
  }
  return [...types.values()];
}

/** `/v2/pikzonality/` → `/v2/pikzonality`. */
function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}

function findCreation(document: JsonObject, operation: Operation, types: ResourceType[]) {
  const path = withoutSlash(operation.path);
  for (const type of types) {
    const { collectionPath, idParameter } = type;
    const properties = resourceProperties(document, operation, idParameter);
    const rest = path.startsWith(collectionPath) ? path.slice(collectionPath.length) : undefined;
    const [, label] = /^(?:\/([^{}/]+))?$/.exec(rest ?? "none") ?? [];
    const isAtCollection = rest === "" || label !== undefined;
    const hasId = properties.has(idParameter) || properties.has("id");
    if (isAtCollection && hasId) return { type, label };
    if (idParameter !== "id" && properties.has(idParameter)) return { type, label: undefined };
  }
  return undefined;
}

/**
 * The properties of the resource in a successful answer: the answer's own, or those of the object
 * with the id that the answer wraps.
 */
function resourceProperties(document: JsonObject, { success }: Operation, idParameter: string) {
  const pointer = success.content.find(({ name }) => name.includes("json"))?.pointer;
  const own = propertySchemas(document, pointer === undefined ? {} : valueAt(document, pointer));
  const wrapped = [...own.values()].map((schema) => propertySchemas(document, schema));
  return [own, ...wrapped].find((one) => one.has(idParameter) || one.has("id")) ?? own;
}

/** The properties of an operation's request body. */
function bodyProperties(document: JsonObject, { body }: Operation) {
  const pointer = body?.content.find((media) => media.pointer !== undefined)?.pointer;
  return propertySchemas(document, pointer === undefined ? {} : valueAt(document, pointer));
}
