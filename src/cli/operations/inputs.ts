import type { ImageField, OperationFacts } from "../../generated/operations.js";
import type { JsonObject } from "../../openapi/json.js";
import { describeField, propertiesOf, requiredNames, type Field } from "./field.js";

/** Something that a user gives for a request: a flag, a column or an argument of a tool. */
export interface Input extends Field {
  /** Where the request carries it. */
  readonly target: "path" | "query" | "header" | "body";
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
  const required = requiredNames(document, bodySchema);
  const fields = [...propertiesOf(document, bodySchema)]
    .map(([name, schema]) => describeField(document, name, schema, required.has(name)))
    .filter(({ schema }) => schema["readOnly"] !== true);
  return [
    ...pathInputs(document, facts.path, described),
    ...described.filter(({ target }) => target === "query" || target === "header"),
    ...bodyInputs(fields, facts),
  ];
}

type Parameter = Field & { target: string; image: undefined };

function describeParameter(document: JsonObject, parameter: JsonObject): Parameter & Input {
  const name = String(parameter["name"]);
  const field = describeField(document, name, parameter["schema"], parameter["required"] === true);
  const description = parameter["description"];
  return {
    ...field,
    ...(typeof description === "string" && { description }),
    target: parameter["in"] as Input["target"],
    image: undefined,
  };
}

/** In the order of the template, which is the order of the method's arguments. */
function pathInputs(document: JsonObject, path: string, parameters: readonly Input[]): Input[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => {
    const known = parameters.find((each) => each.target === "path" && each.name === name);
    const field = known ?? describeField(document, name, { type: "string" }, true);
    return { ...field, required: true, target: "path", image: undefined };
  });
}

function bodyInputs(fields: readonly Field[], facts: OperationFacts): Input[] {
  const images = Object.entries(facts.images ?? {});
  const merged = new Set<string>();
  return fields.flatMap((field): Input[] => {
    if (merged.has(field.name)) return [];
    const pattern = facts.images?.[field.name];
    if (!pattern) return [{ ...field, target: "body", image: undefined }];
    const mate = mateOf(field.name, pattern, images);
    if (mate !== undefined) merged.add(mate);
    const names = mate === undefined ? [field.name] : [field.name, mate];
    return [
      {
        ...field,
        name: mate === undefined ? field.name : commonWords(field.name, mate).join("_"),
        required: field.required || isRequired(names, facts),
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
