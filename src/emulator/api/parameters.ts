import type { IncomingMessage } from "node:http";
import { isObject, objectAt, type JsonObject } from "../../openapi/json.js";
import { isJsonType } from "../../openapi/media-types.js";
import { dereference } from "../../openapi/references.js";
import { typesOf } from "../document/schema-reading.js";
import type { Operation, Parameter } from "../document/operations.js";
import { propertySchemas } from "../document/property-schemas.js";
import { readCookie } from "../document/security.js";
import { isNestedTooDeeply } from "./nesting.js";

export type ParameterValues = Map<Parameter, unknown>;

/**
 * Reads the parameters of a request as their `style` and `explode` say, with numbers and booleans
 * converted. https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function readParameters(
  document: JsonObject,
  { parameters }: Operation,
  pathParameters: Record<string, string>,
  query: URLSearchParams,
  request: IncomingMessage,
): ParameterValues {
  const values: ParameterValues = new Map();
  for (const parameter of parameters) {
    const value = read(parameter);
    if (value !== undefined) values.set(parameter, value);
  }
  return values;

  function read(parameter: Parameter): unknown {
    const { name, in: place, schema } = parameter;
    if (place === "query") return readQuery(parameter);
    const header = request.headers[name.toLowerCase()];
    const text =
      place === "path"
        ? pathParameters[name]
        : place === "cookie"
          ? readCookie(request.headers.cookie ?? "", name)
          : header?.toString();
    if (text === undefined) return undefined;
    if (parameter.mediaType !== undefined) return readContent(parameter.mediaType, text);
    return readSimple(schema, toSimple(text, parameter), parameter.explode);
  }

  function readQuery(parameter: Parameter): unknown {
    const { name, style, explode, schema, mediaType } = parameter;
    const texts = query.getAll(name);
    if (mediaType !== undefined)
      return texts[0] === undefined ? undefined : readContent(mediaType, texts[0]);
    const [type] = typesOf(schema).filter((one) => one !== "null");
    if (type === "object") {
      if (style === "deepObject") return readDeepObject(name, schema);
      if (explode) return readProperties(schema);
      return texts[0] === undefined ? undefined : readSimple(schema, texts[0], false);
    }
    const [text, ...others] = texts;
    if (text === undefined) return undefined;
    if (type !== "array") return others.length > 0 ? texts : coerce(document, schema, text);
    const separator = style === "pipeDelimited" ? "|" : style === "spaceDelimited" ? " " : ",";
    const items = explode ? texts : texts.flatMap((list) => list.split(separator));
    return items.map((item) => coerce(document, schema["items"], item));
  }

  /** `filter[size]=1` (style `deepObject`). */
  function readDeepObject(name: string, schema: JsonObject): JsonObject | undefined {
    const members = [...query].flatMap(([key, text]) => {
      const [, property] = key.startsWith(`${name}[`) ? (/\[([^\]]*)\]$/.exec(key) ?? []) : [];
      return property === undefined ? [] : [[property, text] as const];
    });
    return members.length === 0 ? undefined : coerceMembers(schema, members);
  }

  /** Each property is a parameter of its own (style `form`, exploded). */
  function readProperties(schema: JsonObject): JsonObject | undefined {
    const names = propertySchemas(document, schema);
    const members = [...query].filter(([name]) => names.has(name));
    return members.length === 0 ? undefined : coerceMembers(schema, members);
  }

  /** `1,2` or `a,1,b,2` or, exploded, `a=1,b=2`. */
  function readSimple(schema: JsonObject, text: string, explode: boolean): unknown {
    const types = typesOf(schema);
    const parts = text.split(",");
    if (types.includes("array"))
      return parts.map((part) => coerce(document, schema["items"], part));
    if (!types.includes("object")) return coerce(document, schema, text);
    const pairs = explode
      ? parts.map((part): [string, string] => {
          const member = part.split("=", 1).join("");
          return [member, part.slice(member.length + 1)];
        })
      : parts.flatMap((part, index): [string, string][] =>
          index % 2 === 0 ? [[part, parts[index + 1] ?? ""]] : [],
        );
    return coerceMembers(schema, pairs);
  }

  function coerceMembers(
    schema: JsonObject,
    members: readonly (readonly [string, string])[],
  ): JsonObject {
    const schemas = propertySchemas(document, schema);
    return Object.fromEntries(
      members.map(([name, text]) => [name, coerce(document, schemas.get(name), text)]),
    );
  }
}

/**
 * Brings the path styles `label` (`.1`) and `matrix` (`;id=1`) into the form of `simple`. Exploded, they
 * repeat before each item what they put before a value: `.1.2`, `;id=1;id=2`, `;a=1;b=2`.
 */
function toSimple(text: string, { style, explode, name, schema }: Parameter): string {
  const types = typesOf(schema);
  const isRepeated = explode && (types.includes("array") || types.includes("object"));
  if (style === "label") {
    const items = text.replace(/^\./, "");
    return isRepeated ? items.replaceAll(".", ",") : items;
  }
  if (style !== "matrix") return text;
  const items = isRepeated ? text.split(";").slice(1) : [text.replace(/^;/, "")];
  const hasName = !isRepeated || types.includes("array");
  return items.map((item) => (hasName ? item.replace(`${name}=`, "") : item)).join(",");
}

/** Converts a text to the type that its schema wants, if it can be read as that. */
export function coerce(document: JsonObject, schema: unknown, text: string): unknown {
  const types = typesOf(dereference(document, isObject(schema) ? schema : {}));
  if (types.includes("string")) return text;
  const isNumeric = text.trim() !== "" && !Number.isNaN(Number(text));
  if ((types.includes("number") || types.includes("integer")) && isNumeric) return Number(text);
  if (types.includes("boolean") && /^(?:true|false)$/.test(text)) return text === "true";
  if (types.includes("null") && (text === "" || text === "null")) return null;
  if (types.includes("object") || types.includes("array")) return parseJson(text);
  const branches = objectAt({ branches: schema }, "branches");
  const alternatives = [branches["anyOf"], branches["oneOf"], branches["allOf"]].flat();
  for (const branch of alternatives) {
    if (!isObject(branch)) continue;
    const value = coerce(document, branch, text);
    if (typeof value !== "string") return value;
  }
  return text;
}

/** The value of a parameter with `content`: parsed if it is JSON. */
function readContent(mediaType: string, text: string): unknown {
  return isJsonType(mediaType) ? parseJson(text) : text;
}

/** The value that a text is the JSON of; the text itself if it is none, or too hostile a one. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isNestedTooDeeply(value) ? text : value;
  } catch {
    return text;
  }
}
