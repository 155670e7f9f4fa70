import ts from "typescript";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { parameterSchema, pathParameterNames } from "../../../src/openapi/operations.js";
import { dereference } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";

/** How a parameter is serialized into a request; defaults are omitted. */
export interface ParameterFacts {
  name: string;
  in: "path" | "query" | "header";
  required?: true;
  style?: string;
  explode?: boolean;
  allowReserved?: true;
  /** Whether its value is written as JSON, because the document describes it with `content`. */
  json?: true;
}

/**
 * Headers that OpenAPI describes elsewhere: it ignores parameters with these names (3.0.3,
 * "Parameter Object").
 */
const NOT_PARAMETERS = new Set(["accept", "content-type", "authorization"]);

/**
 * An operation's query and header parameters, and the path parameters that are more than plain
 * text.
 */
export function parameterFacts(document: JsonObject, operation: Operation): ParameterFacts[] {
  return operation.parameters.flatMap((parameter) => {
    const facts = factsOf(parameter);
    if (!facts) return [];
    const isPlain = facts.in === "path" && Object.keys(facts).length === 2;
    return isPlain && isString(document, parameter) ? [] : [facts];
  });
}

/** The parameters that the client cannot send: those in cookies, which no browser lets it set. */
export function unsentParameters({ parameters }: Operation): JsonObject[] {
  return parameters.filter((parameter) => parameter["in"] === "cookie");
}

function factsOf(parameter: JsonObject): ParameterFacts | undefined {
  const { name, in: place, style, explode, required, allowReserved, content } = parameter;
  if (typeof name !== "string") return undefined;
  if (place !== "path" && place !== "query" && place !== "header") return undefined;
  if (place === "header" && NOT_PARAMETERS.has(name.toLowerCase())) return undefined;
  const usualStyle = place === "query" ? "form" : "simple";
  const ownStyle = typeof style === "string" ? style : usualStyle;
  const usualExplode = ownStyle === "form";
  return {
    name,
    in: place,
    // A path parameter is always required.
    ...(required === true && place !== "path" ? { required: true } : {}),
    ...(ownStyle === usualStyle ? {} : { style: ownStyle }),
    ...(typeof explode === "boolean" && explode !== usualExplode ? { explode } : {}),
    ...(allowReserved === true && place === "query" ? { allowReserved } : {}),
    ...(isObject(content) && Object.keys(content).some(isJsonType) ? { json: true } : {}),
  };
}

function isString(document: JsonObject, parameter: JsonObject): boolean {
  const { type } = dereference(document, parameterSchema(parameter));
  return type === "string";
}

/** A path parameter as an argument of a method. */
export interface PathArgument {
  /** An identifier. */
  name: string;
  type: string;
}

/**
 * An operation's path parameters in the order of its path. One without a description is a string.
 */
export function pathParameters(document: JsonObject, operation: Operation): PathArgument[] {
  const described = operation.parameters.filter((one) => one["in"] === "path");
  const names = pathParameterNames(operation.path);
  return names.map((name, index) => {
    const parameter = described.find((one) => one["name"] === name);
    const schema = dereference(document, parameter && parameterSchema(parameter));
    const isPlain = !parameter || (schema["type"] === "string" && !("enum" in schema));
    const holder = `operations[${JSON.stringify(operation.id)}]["parameters"]["path"]`;
    return {
      name: argumentName(name, index, names),
      type: isPlain ? "string" : `${holder}[${JSON.stringify(name)}]`,
    };
  });
}

/**
 * The parameter's own name if it makes a valid identifier that is not taken: `pet-id` → `petId`.
 */
function argumentName(name: string, index: number, names: readonly string[]): string {
  const argument = camelCase(name);
  const isFree =
    argument !== "body" &&
    argument !== "options" &&
    !isReserved(argument) &&
    names.findIndex((other) => camelCase(other) === argument) === index;
  return /^[\p{ID_Start}$_]/u.test(argument) && isFree ? argument : `parameter${index + 1}`;
}

function camelCase(name: string): string {
  const words = name.split(/[^\p{ID_Continue}$]+/u).filter(Boolean);
  return words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

/** Whether TypeScript reserves a word, such as `import` or `this`. */
function isReserved(word: string): boolean {
  const kind = ts.identifierToKeywordKind(ts.factory.createIdentifier(word));
  return kind !== undefined && kind <= ts.SyntaxKind.LastFutureReservedWord;
}
