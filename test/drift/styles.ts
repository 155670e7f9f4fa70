import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { toPointer } from "../../src/openapi/pointer.js";

/** Ways to write the same API, applied to a document in which everything is inline. */
export const styles: Record<string, (document: JsonObject) => JsonObject> = {
  "3.0, in place": (document) => structuredClone(document),
  "3.0, everything a component": withComponents,
  "3.1, behind allOf": (document) => inVersion31(withAllOf(document)),
};

type Visit = (value: JsonObject, section: string, path: readonly string[]) => JsonObject;

/** The components section for what is under a key; schemas are found by `SCHEMA_KEYS`. */
const SECTIONS: Record<string, string> = { requestBody: "requestBodies" };
const SECTIONS_OF_MEMBERS: Record<string, string> = {
  ...{ responses: "responses", headers: "headers", parameters: "parameters", links: "links" },
  ...{ callbacks: "callbacks", properties: "schemas", oneOf: "schemas" },
};
const SCHEMA_KEYS = ["schema", "items", "additionalProperties"];

/** Rewrites each schema, parameter, response and so on of a document, innermost first. */
function rewrite(value: unknown, visit: Visit, path: readonly string[] = []): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => rewritten(item, visit, [...path, String(index)]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, rewritten(part, visit, [...path, key])]),
  );
}

function rewritten(value: unknown, visit: Visit, path: readonly string[]): unknown {
  if (path.includes("example") || path.includes("default")) return value;
  const inner = rewrite(value, visit, path);
  const [parent = "", key = ""] = path.slice(-2);
  const isName = SECTIONS_OF_MEMBERS[path.at(-3) ?? ""] === "schemas" && key === "schema";
  const section =
    SECTIONS_OF_MEMBERS[parent] ??
    SECTIONS[key] ??
    (SCHEMA_KEYS.includes(key) && !isName ? "schemas" : undefined);
  return section && isObject(inner) ? visit(inner, section, path) : inner;
}

function withComponents(document: JsonObject): JsonObject {
  const components: Record<string, Record<string, JsonObject>> = {};
  const { components: own, ...rest } = document;
  const paths = rewrite(rest, (value, section, path) => {
    const name = path.join(".").replaceAll(/[^\w.-]/g, "_");
    (components[section] ??= {})[name] = value;
    return { $ref: `#${toPointer(["components", section, name])}` };
  });
  return { ...(paths as JsonObject), components: { ...(own as JsonObject), ...components } };
}

function withAllOf(document: JsonObject): JsonObject {
  return rewrite(document, (value, section) =>
    section === "schemas" ? { allOf: [value] } : value,
  ) as JsonObject;
}

/** The same in 3.1, which has null as a type and numbers as exclusive bounds. */
function inVersion31(document: JsonObject): JsonObject {
  const inner = rewriteSchemas(document) as JsonObject;
  return { ...inner, openapi: "3.1.0" };
}

function rewriteSchemas(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteSchemas);
  if (!isObject(value)) return value;
  const { nullable, exclusiveMinimum, minimum, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, rewriteSchemas(part)]),
  );
  return {
    ...rest,
    ...(nullable === true ? { type: [rest["type"], "null"] } : {}),
    ...(exclusiveMinimum === true ? { exclusiveMinimum: minimum } : {}),
    ...(minimum !== undefined && exclusiveMinimum !== true ? { minimum } : {}),
  };
}
