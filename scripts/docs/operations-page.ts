import { prices } from "../../src/generated/prices.js";
import { isObject, stringsAt, type JsonObject } from "../../src/openapi/json.js";
import { isJsonType } from "../../src/openapi/media-types.js";
import { parameterSchema } from "../../src/openapi/operations.js";
import { dereference } from "../../src/openapi/references.js";
import { ruleSentence } from "../../src/wrappers/presence-rule.js";
import { limitsOf, propertiesOf } from "../generate/index.js";
import {
  documentedOperations,
  generatedDocument,
  type DocumentedContent,
  type DocumentedOperation,
} from "./documented-operations.js";
import { fenced, GENERATED, sentence, table } from "./markdown.js";
import { costOf } from "./methods-table.js";
import { toJsonText } from "../lib/json-text.js";

/** Every operation: the method that calls it, its request and its response. */
export async function operationsPage(): Promise<string> {
  const document = await generatedDocument();
  return [
    GENERATED,
    "# Operations",
    "What the spec says of each operation, and the method of the client that calls it. Parts of it " +
      "are unconfirmed; [`spec/sources.yaml`](../spec/sources.yaml) says which.",
    ...documentedOperations(document).flatMap((operation) => section(document, operation)),
  ].join("\n\n");
}

function section(document: JsonObject, operation: DocumentedOperation): string[] {
  const { id, facts, summary, parameters, body, responses } = operation;
  const cost = costOf(prices[id]);
  return [
    `## ${summary}`,
    `\`pikzels.${facts.name}\` calls \`${facts.method} ${facts.path}\`.` +
      (cost ? ` A success costs ${cost} USD.` : ""),
    ...(parameters.length > 0 ? ["### Parameters", parameterTable(document, parameters)] : []),
    ...(body
      ? [
          "### Request body",
          ...(facts.rules ?? []).map((rule) => ruleSentence(rule, (field) => `\`${field}\``)),
          ...contentSection(document, body),
        ]
      : []),
    ...responses.flatMap(([status, content]) => [
      responses.length > 1 ? `### Response ${status}` : "### Response",
      ...(content ? answerSection(document, content) : ["Without content."]),
    ]),
  ];
}

function contentSection(document: JsonObject, content: DocumentedContent): string[] {
  const { mediaType, schema, example } = content;
  const isJson = isJsonType(mediaType);
  return [
    ...(isJson ? [] : [`As \`${mediaType}\`.`]),
    ...fieldTable(document, schema),
    ...(isJson && example !== undefined ? [fenced("json", toJsonText(example))] : []),
  ];
}

function answerSection(document: JsonObject, { mediaType, schema }: DocumentedContent): string[] {
  return [
    ...(isJsonType(mediaType) ? [] : [`As \`${mediaType}\`.`]),
    ...fieldTable(document, schema),
  ];
}

function parameterTable(document: JsonObject, parameters: readonly JsonObject[]): string {
  const rows = parameters.map((parameter) => {
    const { name, in: place, required, description } = parameter;
    return [
      `\`${String(name)}\``,
      String(place),
      typeOf(document, parameterSchema(parameter)),
      required === true ? "always" : "",
      typeof description === "string" ? sentence(description) : "",
    ];
  });
  return table(["Parameter", "In", "Type", "Required", "What it is"], rows);
}

/** A row for each field of an object; none for anything else. */
function fieldTable(document: JsonObject, schema: unknown): string[] {
  const required = stringsAt(dereference(document, schema), "required");
  const rows = Object.entries(propertiesOf(document, schema)).map(([name, value]) => {
    const { description } = dereference(document, value);
    return [
      `\`${name}\``,
      typeOf(document, value),
      required.includes(name) ? "always" : "",
      typeof description === "string" ? sentence(description) : "",
    ];
  });
  return rows.length > 0 ? [table(["Field", "Type", "Required", "What it is"], rows)] : [];
}

/** `string or null, 1 to 3000 characters, matches …`: the type with its limits. */
function typeOf(document: JsonObject, value: unknown): string {
  const schema = dereference(document, value);
  const { type, nullable, pattern, items } = schema;
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  const names = [type, ...(nullable === true ? ["null"] : [])].flat().filter(Boolean).map(String);
  const name = names.length > 0 ? names.join(" or ") : "anything";
  const ofItems = isObject(items) ? `array of ${typeOf(document, items)}` : "array";
  return [
    name.replace("array", () => ofItems),
    ...(values.length > 0 ? [values.map((one) => `\`${String(one)}\``).join(", ")] : []),
    ...limitsOf(schema),
    ...(typeof pattern === "string" ? [`matches \`${pattern}\``] : []),
  ].join(", ");
}
