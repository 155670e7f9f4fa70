import { readFile } from "node:fs/promises";
import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { isObject, isStringArray, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { clientMethods } from "./client-methods.js";
import { documentedOperations, type DocumentedOperation } from "./documented-operations.js";
import { fenced, GENERATED, sentence, table } from "./markdown.js";

/** Every operation: the method that calls it, what goes in and what comes out. */
export async function operationsPage(): Promise<string> {
  const text = await readFile(new URL("../../src/generated/openapi.json", import.meta.url), "utf8");
  const documented = documentedOperations(JSON.parse(text) as JsonObject);
  const methods = await clientMethods(documented);
  return [
    GENERATED,
    "# Operations",
    "What the spec says of each operation, and the method of the client that calls it. Parts of it " +
      "are unconfirmed; [`spec/sources.yaml`](../spec/sources.yaml) says which.",
    ...documented.flatMap((operation) =>
      section(operation, methods.get(`${operation.method} ${operation.path}`)),
    ),
  ].join("\n\n");
}

function section(operation: DocumentedOperation, clientMethod: string | undefined): string[] {
  const { method, path, summary, body, example, response } = operation;
  const called = clientMethod ? `\`pikzels.${clientMethod}\`` : "`pikzels.api`";
  return [
    `## ${summary}`,
    `${called} calls \`${method} ${path}\`.`,
    ...(body ? ["### Request body", ...rulesOf(method, path), fieldTable(body)] : []),
    ...(example ? [fenced("json", JSON.stringify(example, null, 2))] : []),
    "### Response",
    fieldTable(response),
  ];
}

/** The presence rules in words: “Exactly one of `image_url`, `image_base64`.” */
function rulesOf(method: string, path: string): string[] {
  const facts = Object.values<OperationFacts>(operations).find(
    (operation) => operation.method === method && operation.path === path,
  );
  return (facts?.rules ?? []).map(({ kind, fields }) =>
    sentence(`${kind.replaceAll("-", " ")} of ${fields.map((field) => `\`${field}\``).join(", ")}`),
  );
}

function fieldTable(schema: JsonObject): string {
  const required = isStringArray(schema["required"]) ? schema["required"] : [];
  const rows = Object.entries(objectAt(schema, "properties")).map(([name, field]) => [
    `\`${name}\``,
    isObject(field) ? typeOf(field) : "",
    required.includes(name) ? "always" : "",
    isObject(field) && typeof field["description"] === "string"
      ? sentence(field["description"])
      : "",
  ]);
  return table(["Field", "Type", "Required", "What it is"], rows);
}

/** `string or null, 1 to 3000 characters, matches …`: the type with its limits. */
function typeOf(schema: JsonObject): string {
  const { type, nullable, pattern } = schema;
  const values = schema["enum"];
  const limits = [
    ...(Array.isArray(values) ? [values.map((value) => `\`${String(value)}\``).join(", ")] : []),
    ...range(schema, "minLength", "maxLength", "characters"),
    ...range(schema, "minItems", "maxItems", "items"),
    ...range(schema, "minimum", "maximum", ""),
    ...(typeof pattern === "string" ? [`matches \`${pattern}\``] : []),
    ...("default" in schema ? [`default \`${JSON.stringify(schema["default"])}\``] : []),
  ];
  const items = isObject(schema["items"]) ? ` of ${typeOf(schema["items"])}` : "";
  const name = typeof type === "string" ? type : "anything";
  return [`${name}${items}${nullable === true ? " or null" : ""}`, ...limits].join(", ");
}

function range(schema: JsonObject, least: string, most: string, unit: string): string[] {
  const [from, to] = [schema[least], schema[most]];
  if (typeof from !== "number" && typeof to !== "number") return [];
  if (from === to) return [`${String(to)} ${unit}`.trim()];
  if (typeof to !== "number") return [`at least ${String(from)} ${unit}`.trim()];
  if (typeof from !== "number") return [`at most ${to} ${unit}`.trim()];
  return [`${from} to ${to} ${unit}`.trim()];
}
