import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from "openapi-fetch";
import type { OperationFacts, ParameterFacts } from "../generated/operations.js";
import { isObject } from "../openapi/json.js";
import { copyForeignError } from "../transport/connection.js";
import { PikzelsInputError } from "./errors/classes.js";
import { checkHeaders, type HeadersInput } from "./validate.js";

/**
 * Writes the query of a request, each parameter in the style that the document gives it:
 * `?limit=10&tag=a&tag=b`. Empty if there is none.
 *
 * @throws {PikzelsInputError} if a required parameter is missing, or a value cannot be written.
 */
export function serializeQuery({ parameters }: OperationFacts, query: unknown): string {
  const parts = valuesIn("query", parameters, query).map(([name, value, parameter]) =>
    serializeParameter(encodeURIComponent(name), value, parameter),
  );
  const text = parts.filter(Boolean).join("&");
  return text && `?${text}`;
}

/**
 * Builds the headers of a request, with names in lower case. Those that the document describes are
 * written in their styles.
 *
 * @throws {PikzelsInputError} if a required one is missing, or one is malformed or not the caller's
 * to set.
 */
export function serializeHeaders(
  { parameters }: OperationFacts,
  headers: HeadersInput,
): Record<string, string> {
  const isPlain = isObject(headers) && !(Symbol.iterator in headers);
  const values = isPlain ? headers : checkHeaders(headers);
  return checkHeaders(
    Object.fromEntries(
      valuesIn("header", parameters, values).map(([name, value, parameter]) => [
        name,
        // Header values are not percent-encoded.
        serializeParameter(name, value, { ...parameter, allowReserved: true }),
      ]),
    ),
  );
}

function valuesIn(
  location: "query" | "header",
  parameters: OperationFacts["parameters"],
  values: unknown,
) {
  if (values !== undefined && !isObject(values)) {
    throw new PikzelsInputError(`The ${location} parameters must be an object.`);
  }
  const given = Object.entries(values ?? {}).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  const described = (parameters ?? []).filter((one) => one.in === location);
  const isNamed = (name: string, other: string) =>
    name === other || (location === "header" && name.toLowerCase() === other.toLowerCase());
  const missing = described.filter(
    ({ name, required }) => required && !given.some(([other]) => isNamed(name, other)),
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    throw new PikzelsInputError(`Give the ${location} parameter ${names.join(" and ")}.`, {
      fields: names,
    });
  }
  return given.map(([name, value]) => {
    const parameter = described.find((one) => isNamed(one.name, name)) ?? { name, in: location };
    return [name, value, parameter] as const;
  });
}

/**
 * Writes the value of one parameter (OpenAPI 3.1, "Style Values"), percent-encoded unless it allows
 * reserved characters.
 *
 * @throws {PikzelsInputError} for a value that is nested too deep for its style.
 */
export function serializeParameter(
  name: string,
  value: unknown,
  { in: location, style = location === "query" ? "form" : "simple", ...facts }: ParameterFacts,
): string {
  const { explode = style === "form", allowReserved = false } = facts;
  const options = { style: style as "form", explode, allowReserved };
  try {
    if (facts.json) return serializeScalar(name, JSON.stringify(value), options);
    if (Array.isArray(value))
      return value.length > 0 ? serializeArrayParam(name, value, options) : "";
    if (isObject(value)) return serializeObjectParam(name, value, options);
    return serializeScalar(name, String(value), options);
  } catch (error) {
    throw new PikzelsInputError(`The parameter ${name} cannot be written.`, {
      // It may come from code of the caller's, such as a `toJSON`.
      cause: copyForeignError(error, ""),
      fields: [name],
    });
  }
}

function serializeScalar(
  name: string,
  text: string,
  { style, allowReserved }: { style: string; allowReserved: boolean },
): string {
  const prefix = { simple: "", label: ".", matrix: `;${name}=` }[style];
  if (prefix === undefined) return serializePrimitiveParam(name, text, { allowReserved });
  return prefix + (allowReserved ? text : encodeURIComponent(text));
}
