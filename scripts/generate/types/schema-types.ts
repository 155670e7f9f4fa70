import { objectAt } from "../../../src/openapi/json.js";
import { parseType, print } from "./code-layout.js";
import type ts from "typescript";
import { NamedTypes, type NamedType } from "./named-types.js";
import { createTransformer, type Transformed } from "./transform-parts.js";
import type { TypedDocument } from "./typed-document.js";
import { excludedDeclaration } from "./placeholder.js";
import { neededFields } from "./needed-fields.js";
import { aliasLayout, membersLayout, needsLayout } from "./type-layout.js";

/** The kinds of components that openapi-typescript makes types for, in its order. */
const COMPONENT_KINDS = [
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "pathItems",
];

const WITH_REQUIRED = `type WithRequired<T, K extends keyof T> = T & {
  [P in K]-?: T[P];
};`;

/**
 * Writes a document's `paths`, `components` and `operations` as TypeScript in prettier's format,
 * with named types for parts of `operations`.
 *
 * Each path and each component is transformed and printed before the next one. The syntax tree of
 * the whole document, which would be many times its size, never exists.
 */
export function schemaTypes(
  { document, aliases }: Pick<TypedDocument, "document" | "aliases">,
  named: readonly NamedType[] = [],
): string {
  const transformer = createTransformer(document);
  const moved = new Map<NamedType, string>();
  const names = new NamedTypes(named, (one, type) => {
    moved.set(one, namedDeclarations(one, type));
  });
  const operations: string[] = [];
  const helpers = new Set<string>();

  const addHelpers = (part: Transformed): void => {
    if (part.needsWithRequired) helpers.add(WITH_REQUIRED);
    if (part.needsExcluded) helpers.add(excludedDeclaration);
  };
  const printMembers = (part: Transformed, indentation: number): string => {
    addHelpers(part);
    for (const operation of part.operations) {
      operations.push(print(membersLayout([names.moveFrom(operation)]), 1));
    }
    return print(membersLayout(part.members), indentation);
  };

  const paths = Object.entries(objectAt(document, "paths")).map(([path, item]) =>
    printMembers(transformer.path(path, item), 1),
  );
  const webhooks = Object.entries(objectAt(document, "webhooks")).map(([name, item]) =>
    printMembers(transformer.webhook(name, item), 1),
  );
  const components = COMPONENT_KINDS.map((kind) => {
    const members = Object.entries(objectAt(document, "components", kind)).map(
      ([name, component]) => printMembers(transformer.component(kind, name, component), 2),
    );
    return members.length > 0 ? `  ${kind}: {\n${members.join("\n")}\n  };` : `  ${kind}: never;`;
  });
  const schemas = [...aliases].map(([name, schema]) => {
    const part = transformer.schema(name, schema);
    addHelpers(part);
    return print(aliasLayout(name, "", part.type));
  });
  const hasComponents = "components" in document;

  return [
    declaration(
      "paths",
      paths,
      "Every operation by its path and method, the way openapi-fetch takes them.",
    ),
    declaration("webhooks", webhooks),
    declaration(
      "components",
      hasComponents ? components : [],
      "What the operations share, by its kind and name.",
    ),
    declaration("$defs", []),
    declaration("operations", operations, "Every operation by its `operationId`."),
    ...helpers,
    ...schemas,
    ...named.map(
      (one) => moved.get(one) ?? print(aliasLayout(one.name, one.comment, parseType(one.type))),
    ),
    "",
  ].join("\n");
}

/**
 * A type under its name, and the type that the compiler should name if one of its fields is
 * missing.
 */
function namedDeclarations({ name, comment }: NamedType, type: ts.TypeNode): string {
  const needed = neededFields(type);
  if (!needed) return print(aliasLayout(name, comment, type));
  const base = name.replace(/Body$/, "");
  const union = parseType(`${base}Fields | ${base}.Needs<${JSON.stringify(needed.words)}>`);
  return [
    print(aliasLayout(`${base}Fields`, "/** @inline */", type)),
    print(needsLayout(base, "/** What messages of the compiler name. */", needed.members)),
    print(aliasLayout(name, comment, union)),
  ].join("\n\n");
}

function declaration(name: string, members: readonly string[], docstring?: string): string {
  if (members.length === 0) return `export type ${name} = Record<string, never>;`;
  const comment = docstring === undefined ? "" : `/** ${docstring} */\n`;
  return `${comment}export interface ${name} {\n${members.join("\n")}\n}`;
}
