import type { PresenceRule } from "../../generated/operations.js";
import { isObject } from "../../openapi/json.js";
import { isRuleMet } from "../../wrappers/presence-rule.js";
import { UsageError } from "../errors.js";
import { imageFields } from "./image-values.js";
import { readFiles, type FileReaders } from "./file-values.js";
import type { Input } from "./inputs.js";
import type { ApiOperation } from "./operations.js";
import { listOf, problemWith } from "./values.js";

/** What the user gave, by the names of inputs. */
export type Values = Readonly<Record<string, unknown>>;

/** What a method of the client is called with. */
export interface ApiRequest {
  readonly operation: ApiOperation;
  /** The values of the path parameters, in the order of the path. */
  readonly ids: readonly unknown[];
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
}

/** How messages call an input: `--model`, or just `model`. */
export type Label = (input: Input) => string;

/**
 * Lists everything that is wrong with the given values, as far as the spec tells, one problem per
 * line. Images are not checked.
 */
export function problemsWith(operation: ApiOperation, values: Values, label: Label): string[] {
  const isGiven = (input: Input) => values[input.name] !== undefined;
  const missing = operation.inputs.filter((input) => input.required && !isGiven(input));
  return [
    ...(missing.length > 0 ? [`Missing: ${listOf(missing.map(label), "and")}.`] : []),
    ...operation.inputs.flatMap((input) => {
      const value = values[input.name];
      const problem = value === undefined ? undefined : problemWith(input, value);
      return problem === undefined ? [] : [`${label(input)} ${problem}.`];
    }),
    ...(operation.facts.rules ?? []).flatMap((rule) => brokenRule(rule, operation, isGiven, label)),
  ];
}

/** A rule over the fields of several inputs; what concerns one input alone is that input's business. */
function brokenRule(
  { kind, fields }: PresenceRule,
  { inputs }: ApiOperation,
  isGiven: (input: Input) => boolean,
  label: Label,
): string[] {
  const inputOf = (field: string) =>
    inputs.filter((input) => input.target === "body" && fieldsOf(input).includes(field));
  const concerned = [...new Set(fields.flatMap(inputOf))];
  if (concerned.length < 2 || isRuleMet(kind, concerned.map(isGiven))) return [];
  const names = concerned.map(label);
  return [
    {
      "exactly-one": `Give exactly one of ${listOf(names, "and")}.`,
      "at-most-one": `Give at most one of ${listOf(names, "and")}.`,
      "at-least-one": `Give ${listOf(names, "or")}.`,
      "all-or-none": `Give all or none of ${listOf(names, "and")}.`,
      requires: `Give ${listOf(names.slice(1), "and")} too if you give ${names[0]}.`,
    }[kind],
  ];
}

/** The fields of a request that an input may end up in. */
export function fieldsOf({ wireName, image }: Input): string[] {
  return image ? [image.address, image.data].filter((field) => field !== undefined) : [wireName];
}

/**
 * Builds a request: reads the files, encodes the images, and puts each value in its place.
 *
 * @param rest Fields of the body that no input describes, as they are.
 * @throws {UsageError} If a file cannot be read, or an image is none.
 */
export async function buildRequest(
  operation: ApiOperation,
  values: Values,
  readers: FileReaders,
  rest: Record<string, unknown> = {},
): Promise<ApiRequest> {
  const request = {
    operation,
    ids: [] as unknown[],
    query: {} as Record<string, unknown>,
    headers: {} as Record<string, unknown>,
  };
  const fields: Record<string, unknown> = { ...rest };
  let content: unknown;
  for (const input of operation.inputs) {
    const value = values[input.name];
    if (value === undefined) continue;
    if (input.target === "path") request.ids.push(value);
    else if (input.target === "query") request.query[input.wireName] = value;
    else if (input.target === "header") request.headers[input.wireName] = value;
    else if (input.image) Object.assign(fields, await imageFields(input, value, readers.readImage));
    else {
      const given = input.kind === "file" ? await readFiles(value, readers.readFile) : value;
      if (input.target === "content") content = given;
      else fields[input.wireName] = given;
    }
  }
  const isWhole = operation.inputs.some(({ target }) => target === "content");
  return { ...request, body: operation.facts.body && (isWhole ? content : fields) };
}

/**
 * Sorts the fields of a body as the service takes it into inputs and the rest; an image counts as given
 * and goes as it is.
 *
 * @throws {UsageError} For a body that is no object.
 */
export function splitBody(operation: ApiOperation, body: unknown) {
  if (!isObject(body)) throw new UsageError("The body must be a JSON object.");
  const values: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const input = operation.inputs.find(
      (each) => each.target === "body" && fieldsOf(each).includes(name),
    );
    // Of an image in both forms the client decides what the spec's rule says.
    if (!input || values[input.name] !== undefined) rest[name] = value;
    else values[input.name] = value;
  }
  return { values, rest };
}
