import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { freeName, type Operation } from "./operation-list.js";
import { bodyType, responseType, type OperationType } from "./operation-types.js";
import type { NamedType } from "./types/named-types.js";

/** What the types of an operation are called. */
export interface OperationNames {
  id: string;
  /** Left out where it takes no JSON body. */
  body?: string;
  response: string;
  /** These, and the operation as a whole. */
  types: NamedType[];
}

/** Names each operation's types: `post_v2_title_text` gives `PostV2TitleTextBody` and the like. */
export function operationNames(
  document: JsonObject,
  operations: readonly Operation[],
): OperationNames[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    const { id } = operation;
    const name = freeName(pascalCase(id), taken);
    taken.add(name);
    const body = bodyType(document, operation);
    const named = (what: "Operation" | "Body" | "Response", type: OperationType) => ({
      ...type,
      name: name + what,
      comment: comment(what, operation),
    });
    return {
      id,
      ...(body && { body: `${name}Body` }),
      response: `${name}Response`,
      types: [
        named("Operation", { type: `operations[${JSON.stringify(id)}]`, place: [id] }),
        ...(body ? [named("Body", body)] : []),
        named("Response", responseType(document, operation)),
      ],
    };
  });
}

function pascalCase(id: string): string {
  const words = id.split(/[^\p{ID_Continue}]+|_+/u);
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{ID_Start}/u.test(pascal) ? pascal : `Operation${pascal}`;
}

function comment(what: string, { method, path, definition }: Operation): string {
  const summary = firstLine(definition);
  const url = objectAt(definition, "externalDocs")["url"];
  const lines = [
    `${what} of \`${method.toUpperCase()} ${path}\`${summary ? `: ${summary}` : "."}`,
    ...(typeof url === "string" ? [`@see ${url}`] : []),
    ...(definition["deprecated"] === true ? ["@deprecated"] : []),
  ].map((line) => line.replaceAll("*/", "*\\/"));
  return lines.length === 1 ? `/** ${lines[0] ?? ""} */` : `/**\n * ${lines.join("\n * ")}\n */`;
}

function firstLine({ summary, description }: JsonObject): string {
  const text = typeof summary === "string" ? summary : description;
  return typeof text === "string" ? (text.trim().split("\n")[0] ?? "") : "";
}
