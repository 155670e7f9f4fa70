import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { isJsonType } from "./media-types.js";
import type { Operation } from "../operation-list.js";

/** How a parameter is written into a request; what is the default is left out. */
export interface ParameterFacts {
  name: string;
  in: "path" | "query" | "header";
  required?: true;
  style?: string;
  explode?: boolean;
  allowReserved?: true;
  /** Whether its value is written as JSON, since the document describes it by `content`. */
  json?: true;
}

/** Headers that OpenAPI describes elsewhere: a parameter of such a name is ignored (3.0.3, "Parameter Object"). */
const NOT_PARAMETERS = new Set(["accept", "content-type", "authorization"]);

/** An operation's query and header parameters, and the path parameters that are more than a text. */
export function parameterFacts(document: JsonObject, operation: Operation): ParameterFacts[] {
  return operation.parameters.flatMap((parameter) => {
    const facts = factsOf(parameter);
    if (!facts) return [];
    const isPlain = facts.in === "path" && Object.keys(facts).length === 2;
    return isPlain && isString(document, parameter) ? [] : [facts];
  });
}

/** The parameters that the client cannot send: those in cookies. */
export function unsentParameters({ parameters }: Operation): string[] {
  return parameters.flatMap(({ name, in: place }) => (place === "cookie" ? [String(name)] : []));
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
    // A path parameter always is.
    ...(required === true && place !== "path" ? { required: true } : {}),
    ...(ownStyle === usualStyle ? {} : { style: ownStyle }),
    ...(typeof explode === "boolean" && explode !== usualExplode ? { explode } : {}),
    ...(allowReserved === true && place === "query" ? { allowReserved } : {}),
    ...(isObject(content) && Object.keys(content).some(isJsonType) ? { json: true } : {}),
  };
}

function isString(document: JsonObject, { schema }: JsonObject): boolean {
  const { type } = dereference(document, schema);
  return type === "string";
}
