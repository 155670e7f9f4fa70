import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonObject } from "../../openapi/json.js";
import { fromPointer, valueAt } from "../../openapi/pointer.js";
import { toJsonSchemas, type Direction } from "./json-schema.js";
import { compilePattern } from "./string-keywords.js";
import { isSurelyFast, TimeLimitError, withinTime } from "./time-limit.js";

export type { ErrorObject } from "ajv/dist/2020.js";

/** How long the validation of one value may take. */
const TIME_LIMIT_MS = 1000;

/** Validates values against the schemas of one document, each named by its JSON Pointer. */
export interface DocumentValidator {
  /** Whether a value is valid. Stops at the first error. */
  isValid: (direction: Direction, pointer: string, value: unknown) => boolean;
  /** Every rule of a request's schema that a value breaks. The value should be small. */
  errorsOf: (pointer: string, value: unknown) => readonly ErrorObject[];
}

/** Test suites start an emulator for each test, all with the same document. */
const validators = new WeakMap<JsonObject, DocumentValidator>();

/** The validator of a document. Each schema is compiled when it is first needed. */
export function validatorOf(document: JsonObject): DocumentValidator {
  const known = validators.get(document) ?? createValidator(document);
  validators.set(document, known);
  return known;
}

function createValidator(document: JsonObject): DocumentValidator {
  const engines = new Map<string, (pointer: string) => ValidateFunction>();
  const limits = new Map<string, boolean>();

  return {
    isValid: (direction, pointer, value) =>
      run(pointer, false, () => compile(direction, false)(pointer)(value)),
    errorsOf(pointer, value) {
      return run(pointer, [timeLimitReached], () => {
        const validate = compile("request", true)(pointer);
        return validate(value) ? [] : (validate.errors ?? []);
      });
    },
  };

  function compile(direction: Direction, allErrors: boolean) {
    const name = `${direction} ${String(allErrors)}`;
    const engine = engines.get(name) ?? createEngine(document, direction, allErrors);
    engines.set(name, engine);
    return engine;
  }

  function run<Result>(pointer: string, ifTooLong: Result, task: () => Result): Result {
    const isUnlimited = limits.get(pointer) ?? isSurelyFast(document, valueAt(document, pointer));
    limits.set(pointer, isUnlimited);
    if (isUnlimited) return task();
    try {
      return withinTime(TIME_LIMIT_MS, task);
    } catch (error) {
      if (error instanceof TimeLimitError) return ifTooLong;
      throw error;
    }
  }
}

const timeLimitReached: ErrorObject = {
  keyword: "timeLimit",
  instancePath: "",
  schemaPath: "",
  params: {},
  message: "takes too long to validate",
};

/** Compiles the schemas of a document with Ajv; one that cannot be compiled allows everything. */
function createEngine(document: JsonObject, direction: Direction, allErrors: boolean) {
  const ajv = new Ajv2020({
    allErrors,
    verbose: allErrors,
    // Keywords and formats of OpenAPI are not errors.
    strict: false,
    // A property may be called like a member of every object: `toString`.
    ownProperties: true,
    validateSchema: false,
    logger: false,
    code: { regExp: Object.assign(toRegExp, { code: "" }) },
  });
  addFormats.default(ajv);
  // Its own `url` refuses addresses on loopback, and no standard has one.
  ajv.addFormat("url", (text: string) => URL.canParse(text));
  ajv.addSchema(toJsonSchemas(document, direction), "document:");
  const compiled = new Map<string, ValidateFunction>();
  return (pointer: string): ValidateFunction => {
    const validate = compiled.get(pointer) ?? compile(pointer);
    compiled.set(pointer, validate);
    return validate;
  };

  function compile(pointer: string): ValidateFunction {
    try {
      return ajv.compile({ $ref: `document:#${asFragment(pointer)}` });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      process.emitWarning(
        `The schema at ${pointer} cannot be compiled (${reason}), so it is not enforced.`,
        "PikzelsEmulatorWarning",
      );
      return ajv.compile(true);
    }
  }
}

function toRegExp(pattern: string): RegExp {
  return compilePattern(pattern) ?? /(?:)/;
}

function asFragment(pointer: string): string {
  return fromPointer(pointer)
    .map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");
}
