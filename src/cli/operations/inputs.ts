import type { ImageField, OperationFacts } from "../../generated/operations.js";
import type { JsonObject } from "../../openapi/json.js";
import { isJsonType } from "../../openapi/media-types.js";
import { parameterSchema, pathParameterNames } from "../../openapi/operations.js";
import { describeField, propertiesOf, requiredNames, type Field } from "./field.js";

/**
 * Something that a user provides for a request: a flag, a column, or a tool argument. No two inputs
 * of an operation have the same name.
 */
export interface Input extends Field {
  /** The name in the request, which two of its parts may have in common. */
  readonly wireName: string;
  /**
   * The part of the request that carries it: `body` is a field of the body, `content` the whole
   * body.
   */
  readonly target: "path" | "query" | "header" | "body" | "content";
  /** The fields that carry an image; which of them depends on what is given. */
  readonly image: ImageTargets | undefined;
}

/** An image goes into the field for its address or into the field for its bytes. */
interface ImageTargets {
  readonly address: string | undefined;
  readonly data: string | undefined;
}

interface Source {
  document: JsonObject;
  facts: OperationFacts;
  parameters: readonly JsonObject[];
  bodySchema: unknown;
}

/** What an operation takes; fields that carry the same image in two forms are one input. */
export function inputsOf({ document, facts, parameters, bodySchema }: Source): Input[] {
  const described = parameters.map((parameter) => describeParameter(document, parameter));
  return withOwnNames([
    ...pathInputs(document, facts.path, described),
    ...described.filter(({ target }) => target === "query" || target === "header"),
    ...(hasFields(document, facts, bodySchema)
      ? bodyInputs(fieldsOfBody(document, facts, bodySchema), facts)
      : contentInput(document, facts, bodySchema)),
  ]);
}

/** An id in the path and a field of the body may be called the same. */
function withOwnNames(inputs: readonly Input[]): Input[] {
  const taken = new Set<string>();
  return inputs.map((input) => {
    const name = taken.has(input.name) ? `${input.target}_${input.name}` : input.name;
    taken.add(name);
    return { ...input, name };
  });
}

/** Whether a body is an object, which JSON and forms are made of; others are given as a whole. */
function hasFields(document: JsonObject, { body }: OperationFacts, schema: unknown): boolean {
  if (!body) return true;
  const isForm = /^multipart\/|form-urlencoded/.test(body.mediaType);
  if (!isForm && !isJsonType(body.mediaType)) return false;
  const { kind, list } = describeField(document, "", schema, false);
  return propertiesOf(document, schema).size > 0 || (kind === "json" && !list);
}

function fieldsOfBody(document: JsonObject, { body }: OperationFacts, schema: unknown): Field[] {
  const required = requiredNames(document, schema);
  const takesFiles = body !== undefined && !isJsonType(body.mediaType);
  return [...propertiesOf(document, schema)]
    .map(([name, property]) => describeField(document, name, property, required.has(name)))
    .filter((field) => field.schema["readOnly"] !== true)
    .map((field) => ({ ...field, kind: takesFiles ? kindInForm(field) : kindInJson(field) }));
}

/** JSON holds no bytes. */
function kindInJson({ kind }: Field): Field["kind"] {
  return kind === "file" ? "text" : kind;
}

/** What a form does not describe is a file (OpenAPI 3.1, "Considerations for File Uploads"). */
function kindInForm({ kind, schema }: Field): Field["kind"] {
  const isUndescribed = Object.keys(schema).every((keyword) => keyword === "description");
  return isUndescribed ? "file" : kind;
}

/** A body that has no fields is one input: JSON, or the bytes of a file. */
function contentInput(document: JsonObject, { body }: OperationFacts, schema: unknown): Input[] {
  const field = describeField(document, "body", schema, body?.required === true);
  const kind = isJsonType(body?.mediaType ?? "") ? "json" : "file";
  const whole = { target: "content", wireName: "", image: undefined } as const;
  return [{ ...field, ...whole, kind, list: undefined, choices: undefined }];
}

function describeParameter(document: JsonObject, parameter: JsonObject): Input {
  const name = String(parameter["name"]);
  const isRequired = parameter["required"] === true;
  const field = describeField(document, name, parameterSchema(parameter), isRequired);
  const description = parameter["description"];
  return {
    ...field,
    ...(typeof description === "string" && { description }),
    wireName: name,
    target: parameter["in"] as Input["target"],
    image: undefined,
  };
}

/** In the order of the template, which is the order of the method's arguments. */
function pathInputs(document: JsonObject, path: string, parameters: readonly Input[]): Input[] {
  return pathParameterNames(path).map((name) => {
    const known = parameters.find((each) => each.target === "path" && each.name === name);
    const field = known ?? describeField(document, name, { type: "string" }, true);
    return { ...field, required: true, wireName: name, target: "path", image: undefined };
  });
}

function bodyInputs(fields: readonly Field[], facts: OperationFacts): Input[] {
  const images = Object.entries(facts.images ?? {});
  const merged = new Set<string>();
  return fields.flatMap((field): Input[] => {
    if (merged.has(field.name)) return [];
    const pattern = facts.images?.[field.name];
    const { name: wireName } = field;
    if (!pattern) return [{ ...field, wireName, target: "body", image: undefined }];
    const mate = mateOf(field.name, pattern, images);
    if (mate !== undefined) merged.add(mate);
    const names = mate === undefined ? [field.name] : [field.name, mate];
    return [
      {
        ...field,
        name: mate === undefined ? field.name : commonWords(field.name, mate).join("_"),
        required: field.required || isRequired(names, facts),
        wireName,
        target: "body",
        image: {
          address: names.find((name) => takes(facts.images?.[name], ADDRESS)),
          data: names.find((name) => takes(facts.images?.[name], DATA_URL)),
        },
      },
    ];
  });
}

const ADDRESS = "https://example.com/image.png";
const DATA_URL = "data:image/png;base64,iVBORw0KGgo=";

function takes(field: ImageField | undefined, value: string): boolean {
  return field !== undefined && new RegExp(field.pattern).test(value);
}

/** The field that takes the same image in the other form: the one whose name begins most like it. */
function mateOf(
  name: string,
  field: ImageField,
  images: readonly (readonly [string, ImageField])[],
): string | undefined {
  const other = takes(field, ADDRESS) ? DATA_URL : ADDRESS;
  const [best] = images
    .filter(([each, { pattern, maxItems }]) => {
      const isOther = takes({ pattern }, other) && !takes(field, other);
      return (
        each !== name && isOther && (maxItems === undefined) === (field.maxItems === undefined)
      );
    })
    .map(([each]) => ({ each, shared: commonWords(name, each).length }))
    .filter(({ shared }) => shared > 0)
    .sort((left, right) => right.shared - left.shared);
  return best?.each;
}

function commonWords(left: string, right: string): string[] {
  const others = right.split("_");
  const words = left.split("_");
  const end = words.findIndex((word, index) => word !== others[index]);
  return end < 0 ? words : words.slice(0, end);
}

function isRequired(names: readonly string[], { rules = [] }: OperationFacts): boolean {
  return rules.some(
    ({ kind, fields }) =>
      (kind === "exactly-one" || kind === "at-least-one") &&
      fields.every((field) => names.includes(field)),
  );
}
