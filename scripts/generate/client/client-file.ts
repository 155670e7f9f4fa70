import { isObject, listAt, type JsonObject } from "../../../src/openapi/json.js";
import type { Operation } from "../operation-list.js";
import type { PriceRow } from "../prices/prices-file.js";
import { inBraces, namesLayout, parseType, print, propertyKey } from "../types/code-layout.js";
import { aliasLayout, propertyLayout } from "../types/type-layout.js";
import { docstring } from "./docstring.js";
import { capitalized } from "./method-names.js";
import { bodyContent } from "./media-types.js";
import { methodDocs, readinessDocs } from "./method-docs.js";
import type { OperationNames } from "./operation-names.js";
import { pathParameters } from "./parameters.js";
import { readinessOf, waitingMethods } from "./readiness.js";

/** What the client's interface is generated from. */
export interface ClientSources {
  document: JsonObject;
  operations: readonly Operation[];
  /** Operation id → method of the client. */
  methods: ReadonlyMap<string, string>;
  names: readonly OperationNames[];
  /** By method of the client. */
  prices: Readonly<Record<string, PriceRow>>;
  /** Every error code of the API. */
  codes: readonly string[];
}

interface ClientMethod {
  group: string;
  name: string;
  operation: Operation;
  types: OperationNames;
  /** The method of the same group that waits for what this one reads. */
  waiting?: string;
}

/**
 * Writes `client.ts`, formatted as prettier would: the interface of the client's methods, by group,
 * and the types that waiting for an operation resolves to.
 */
export function clientFile(sources: ClientSources): string {
  const methods = clientMethods(sources);
  const groups = new Set(methods.map(({ group }) => group));
  const used = sources.names.flatMap(({ body, query, headers, response }) =>
    [body, query, headers, response].filter((name) => name !== undefined),
  );
  const isReferenced = methods.some(({ operation }) =>
    pathParameters(sources.document, operation).some(({ type }) => type.startsWith("operations[")),
  );
  const members = [...groups].map((group) => groupMember(sources, group, methods));
  // The leading underscore tells the compiler that the parameter may be unused.
  const [callOptions, waitOptions] = ["CallOptions", "WaitOptions"].map((name) =>
    members.some((text) => text.includes(name)) ? name : `_${name}`,
  );
  return [
    used.length > 0 ? print(namesLayout("import type", used, ' from "./operations.js";')) : "",
    isReferenced ? 'import type { operations } from "./schema.js";' : "",
    ...methods.map((method) => readyType(sources, method)),
    `/**
 * The methods of the client, by group: one for each operation of the document.
 *
 * @typeParam ${callOptions} what each method takes as its last argument
 * @typeParam ${waitOptions} what \`waitUntilReady\` takes as its last argument
 */
export interface ClientMethods<${callOptions}, ${waitOptions}> ${inBraces(members)}\n`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function clientMethods({ document, operations, methods, names }: ClientSources): ClientMethod[] {
  const typesById = new Map(names.map((one) => [one.id, one]));
  const waiting = waitingMethods(document, operations, methods);
  return operations.flatMap((operation) => {
    const [group = "", name = ""] = (methods.get(operation.id) ?? "").split(".");
    const types = typesById.get(operation.id);
    const wait = waiting.get(operation.id)?.replace(/^.*\./, "");
    return types ? [{ group, name, operation, types, ...(wait && { waiting: wait }) }] : [];
  });
}

function groupMember(sources: ClientSources, group: string, methods: ClientMethod[]): string {
  const members = methods.filter((method) => method.group === group);
  const lines = members.flatMap((method) => [
    indented(methodDocs(sources, method), 2),
    member(method.name, signature(sources, method)),
    ...waitingMember(sources, method),
  ]);
  const words = indented(docstring([groupWords(sources, members)]), 1);
  return `${words}\n  ${group}: {\n${lines.join("\n")}\n  };`;
}

function member(name: string, type: string): string {
  return print(propertyLayout(name, parseType(type)), 2);
}

function indented(text: string, level: number): string {
  return text.replaceAll(/^(?=.)/gm, "  ".repeat(level));
}

/**
 * What the document says about the tag of these operations, or else the titles of the operations.
 */
function groupWords({ document }: ClientSources, members: readonly ClientMethod[]): string {
  const tags = members.flatMap(({ operation }) => listAt(operation.definition, "tags"));
  const described = listAt(document, "tags")
    .filter(isObject)
    .find(({ name, description }) => tags.includes(name) && typeof description === "string");
  if (described) return String(described["description"]);
  const titles = members.map(({ operation: { definition, method, path } }) =>
    typeof definition["summary"] === "string"
      ? definition["summary"]
      : `${method.toUpperCase()} ${path}`,
  );
  return `${[...new Set(titles)].join("; ")}.`;
}

function signature({ document }: ClientSources, { operation, types }: ClientMethod): string {
  const { body, query, headers, response } = types;
  const isBodyRequired = bodyContent(document, operation)?.required === true;
  const requires = (place: string) =>
    operation.parameters.some((one) => one["in"] === place && one["required"] === true);
  const optional = (place: string) => (requires(place) ? "" : "?");
  const options = [
    headers ? 'Omit<CallOptions, "headers">' : "CallOptions",
    ...(query ? [`{ query${optional("query")}: ${query} }`] : []),
    ...(headers
      ? [`{ headers${optional("header")}: ${headers} & { readonly [header: string]: unknown } }`]
      : []),
  ].join(" & ");
  const areOptionsRequired =
    (query !== undefined && requires("query")) || (headers !== undefined && requires("header"));
  const parameters = [
    ...pathParameters(document, operation).map(({ name, type }) => `${name}: ${type}`),
    // A parameter before a required one cannot be optional.
    ...(body
      ? [
          isBodyRequired
            ? `body: ${body}`
            : areOptionsRequired
              ? `body: ${body} | undefined`
              : `body?: ${body}`,
        ]
      : []),
    `options${areOptionsRequired ? "" : "?"}: ${options}`,
  ];
  return `(${parameters.join(", ")}) => Promise<${response}>`;
}

function waitingMember(sources: ClientSources, method: ClientMethod): string[] {
  if (method.waiting === undefined) return [];
  const ids = pathParameters(sources.document, method.operation);
  const parameters = [
    ...ids.map(({ name, type }) => `${name}: ${type}`),
    "options?: WaitOptions",
  ].join(", ");
  return [
    indented(readinessDocs(sources, method, method.waiting), 2),
    member(method.waiting, `(${parameters}) => Promise<${readyName(method)}>`),
  ];
}

/** `pikzonalities.waitUntilReady` → `PikzonalitiesReady` */
function readyName({ group, waiting = "" }: ClientMethod): string {
  return `${capitalized(group)}${waiting.replace(/^waitUntil/, "")}`;
}

/** The answer when completed: fields that were null until then are present. */
function readyType({ document }: ClientSources, method: ClientMethod): string {
  const readiness = readinessOf(document, method.operation);
  if (!readiness) return "";
  const { response } = method.types;
  const fields = readiness.fields.map((field) => {
    const key = JSON.stringify(field);
    return `${propertyKey(field)}: NonNullable<${response}[${key}]>;`;
  });
  const comment = docstring([
    `What \`${method.group}.${method.waiting ?? ""}\` resolves to: a completed one.`,
  ]);
  const type = `${response} & { ${propertyKey(readiness.status)}: ${JSON.stringify(readiness.completed)}; ${fields.join(" ")} }`;
  return print(aliasLayout(readyName(method), comment, parseType(type)));
}
