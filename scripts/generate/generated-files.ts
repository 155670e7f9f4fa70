import { basename } from "node:path";
import { format } from "prettier";
import { baseUrlOf } from "../../src/openapi/servers.js";
import { toJsonText } from "../lib/json-text.js";
import { problemLines, problemsError } from "../lib/problem.js";
import { behaviourFile } from "./behaviour/behaviour-module.js";
import { apiFile } from "./client/api-file.js";
import { clientFile } from "./client/client-file.js";
import { methodNames } from "./client/method-names.js";
import { operationNames } from "./client/operation-names.js";
import { operationsFile } from "./client/operations-file.js";
import { promptPattern } from "./client/prompt-pattern.js";
import { documentSecurity } from "./client/security.js";
import { unsentParts, unusableParts } from "./client/unsent-parts.js";
import { errorCatalog } from "./errors/error-catalog.js";
import { errorPath } from "./errors/published-codes.js";
import { errorsFile } from "./errors/errors-file.js";
import { readKnowledge, type KnowledgeFiles } from "./knowledge.js";
import { loadSpec, type Spec } from "../lib/load-spec.js";
import { listOperations, type Operation } from "./operation-list.js";
import { pricesFile } from "./prices/prices-module.js";
import type { NamedType } from "./types/named-types.js";
import { withOperationIds } from "./types/operation-ids.js";
import { schemaTypes } from "./types/schema-types.js";
import { TransformError } from "./types/transform-parts.js";
import { typedDocument } from "./types/typed-document.js";
import { unreadPresence } from "./types/untyped-presence.js";
import { unreadKeywords } from "./unread-keywords.js";

/** The result of generation; nothing has been written yet. */
export interface Generated {
  /** File name → content. */
  files: Map<string, string>;
  operations: number;
  errorCodes: number;
  /** What the types or the client cannot express about the document, one line each. */
  warnings: string[];
}

/**
 * Generates the files of `src/generated` from an OpenAPI document and from what people know beyond
 * it.
 *
 * @throws {InputError} one line per problem.
 */
export async function generatedFiles(
  specFile: string,
  knowledgeFiles: KnowledgeFiles = {},
): Promise<Generated> {
  const spec = await loadSpec(specFile);
  const { document } = spec;
  const operations = listOperations(spec);
  const { names, errors, prices, behaviour } = await readKnowledge(specFile, knowledgeFiles);
  const methods = methodNames(document, operations, names);
  const security = documentSecurity(document, operations);
  const unusable = unusableParts(document, operations, security);
  if (unusable.length > 0) throw problemsError(spec.source, unusable);
  const api = {
    baseUrl: baseUrlOf(document),
    security: security.scheme,
    promptPattern: promptPattern(document, operations),
    errorPath: errorPath(document),
  };
  const catalog = errorCatalog(document, errors);

  const typeNames = operationNames(document, operations, methods);
  const named = typeNames.flatMap((one) => one.types);
  const types = typesOf(spec, operations, named);
  const knowledge = { methods, security };
  const clientSources = {
    document,
    operations,
    methods,
    names: typeNames,
    prices: prices?.rows ?? {},
    codes: [...catalog.keys()],
  };
  const files = new Map([
    ["schema.ts", header(spec) + types],
    // The large ones are written as prettier would, which takes as long as all the rest.
    ["operations.ts", header(spec) + operationsFile(document, operations, typeNames, knowledge)],
    ["client.ts", header(spec) + clientFile(clientSources)],
    ["api.ts", await typescript(spec, apiFile(api))],
    ["errors.ts", await typescript(spec, errorsFile(catalog))],
    ["prices.ts", await typescript(spec, pricesFile(methods, prices?.rows ?? {}))],
    ...(behaviour
      ? [["behaviour.ts", await typescript(spec, behaviourFile(behaviour))] as const]
      : []),
    ["openapi.json", `${toJsonText(document)}\n`],
  ]);
  const problems = [
    ...unreadKeywords(document),
    ...unreadPresence(spec),
    ...unsentParts(operations, security),
  ];
  return {
    files,
    operations: operations.length,
    errorCodes: catalog.size,
    warnings: problemLines(spec.source, problems),
  };
}

function typesOf(
  { source, document }: Spec,
  operations: readonly Operation[],
  named: readonly NamedType[],
): string {
  const names = named.map(({ name }) => name);
  const typed = typedDocument(withOperationIds(document, operations), names);
  if (typed.problems.length > 0) throw problemsError(source, typed.problems);
  try {
    return schemaTypes(typed, named);
  } catch (error) {
    if (error instanceof TransformError) throw problemsError(source, [error]);
    throw error;
  }
}

async function typescript(spec: Spec, code: string): Promise<string> {
  // A file name that ends in .ts spares prettier from trying the whole text as JSX first.
  return format(header(spec) + code, { filepath: "generated.ts", printWidth: 100 });
}

function header({ source, title }: Spec): string {
  const from = `${basename(source.file)} (${oneLine(title)})`;
  return `// Generated by \`npm run generate\` from ${from}. Do not edit.\n\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
