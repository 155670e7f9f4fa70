import type { Ajv, ValidateFunction } from "ajv";
import { Refusal } from "./refusal.js";
import { isObject, type JsonObject } from "../../openapi/json.js";
import type { Operation } from "../document/operations.js";
import { asJsonSchema } from "../document/json-schema.js";
import { explainErrors } from "./explain-errors.js";

/** Checks a request's query and body against the spec. */
export type RequestValidator = (
  operation: Operation,
  query: URLSearchParams,
  body: unknown,
) => Promise<void>;

/** A test suite starts an emulator per test; they all serve the same document. */
const validators = new WeakMap<JsonObject, RequestValidator>();

/**
 * Validators over one document. Ajv is loaded with the first request and each schema is compiled
 * when it is first needed: starting an emulator costs nothing for operations nobody calls.
 */
export function requestValidator(document: JsonObject): RequestValidator {
  const known = validators.get(document) ?? createRequestValidator(document);
  validators.set(document, known);
  return known;
}

function createRequestValidator(document: JsonObject): RequestValidator {
  const compiled = new Map<string, ValidateFunction>();
  let engine: Promise<Ajv> | undefined;

  async function compile(name: string, schema: JsonObject): Promise<ValidateFunction> {
    engine ??= loadAjv();
    const ajv = await engine;
    let validator = compiled.get(name);
    if (!validator) {
      // With the components at its root, the schema's own references resolve as they stand.
      const rooted = { ...schema, components: document["components"] };
      validator = ajv.compile(asJsonSchema(rooted) as object);
      compiled.set(name, validator);
    }
    return validator;
  }

  async function check(name: string, schema: JsonObject, value: unknown): Promise<void> {
    const validator = await compile(name, schema);
    if (validator(value)) return;
    throw new Refusal("VALIDATION_ERROR", { details: explainErrors(validator.errors ?? []) });
  }

  return async function validate(operation, query, body) {
    const { queryParameters } = operation;
    if (queryParameters.length > 0) {
      const schema = {
        type: "object",
        properties: Object.fromEntries(queryParameters.map(({ name, schema }) => [name, schema])),
        required: queryParameters.filter(({ required }) => required).map(({ name }) => name),
      };
      await check(`${operation.id} query`, schema, coerce(query, schema.properties));
    }
    if (!operation.body) return;
    if (body === undefined) {
      if (operation.body.required)
        throw new Refusal("VALIDATION_ERROR", { details: [{ message: "the body is required" }] });
      return;
    }
    await check(`${operation.id} body`, operation.body.schema, body);
  };
}

async function loadAjv(): Promise<Ajv> {
  const { Ajv } = await import("ajv");
  return new Ajv({
    allErrors: true,
    verbose: true,
    // OpenAPI's own keywords and formats are no mistakes.
    strict: false,
    validateFormats: false,
    validateSchema: false,
  });
}

/** A query carries text only; numbers and booleans are read as such where the spec wants them. */
function coerce(query: URLSearchParams, properties: Record<string, unknown>): JsonObject {
  const values = [...query].map(([name, text]) => {
    const schema = properties[name];
    const type = isObject(schema) ? schema["type"] : undefined;
    if ((type === "number" || type === "integer") && text !== "") {
      const number = Number(text);
      return [name, Number.isNaN(number) ? text : number] as const;
    }
    if (type === "boolean" && /^(?:true|false)$/.test(text))
      return [name, text === "true"] as const;
    return [name, text] as const;
  });
  return Object.fromEntries<string | number | boolean>(values);
}
