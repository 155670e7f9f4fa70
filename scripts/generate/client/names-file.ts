import { existsSync } from "node:fs";
import { isObject, objectAt } from "../../../src/openapi/json.js";
import { InputError } from "../../lib/input-error.js";
import { parseDocument } from "../../lib/parse-document.js";
import { problemsError, type Problem } from "../../lib/problem.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";

/** The operation that a method of the client calls, as `spec/names.yaml` writes it. */
export interface NameEntry {
  /** HTTP method and path template: `POST /v2/thumbnail/text`. */
  operation: string;
  operationId?: string;
}

/** What `spec/names.yaml` says about the names of methods. */
export interface NamesFile {
  /** Left out if there is no such file. */
  source?: SourceText;
  /** The version whose operations have no version in their names: `v2`. */
  version?: string;
  /** Path segment → name of the group. */
  groups: Record<string, string>;
  /** Method of the client, as in `thumbnails.fromText` → its operation. */
  methods: Record<string, NameEntry>;
}

/** One of the client's methods, group and all: `thumbnails.fromText`. */
const METHOD_NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*\.[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/**
 * Reads `names.yaml`; without such a file, every name follows the rule.
 *
 * @throws {InputError} one line for each entry that is not of the form that {@link NamesFile} says.
 */
export async function readNames(file: string): Promise<NamesFile> {
  return existsSync(file) ? parseNames(await readSourceText(file)) : { groups: {}, methods: {} };
}

/** @throws {InputError} as {@link readNames} does. */
export function parseNames(source: SourceText): NamesFile {
  const { file } = source;
  const document = parseDocument(source);
  if (!isObject(document)) throw InputError.at(file, undefined, "holds no names");
  const problems = [...groupProblems(document), ...methodProblems(document)];
  if (problems.length > 0) throw problemsError(source, problems);
  const { version } = document;
  return {
    source,
    ...(typeof version === "string" ? { version } : {}),
    groups: objectAt(document, "groups") as Record<string, string>,
    methods: objectAt(document, "methods") as unknown as Record<string, NameEntry>,
  };
}

function groupProblems(document: unknown): Problem[] {
  return Object.entries(objectAt(document, "groups")).flatMap(([segment, group]) =>
    typeof group === "string" && METHOD_NAME.test(`${group}.get`)
      ? []
      : [{ path: ["groups", segment], message: `${segment} needs the name of a group` }],
  );
}

function methodProblems(document: unknown): Problem[] {
  return Object.entries(objectAt(document, "methods")).flatMap(([name, entry]) => {
    const problem = (message: string) => [{ path: ["methods", name], message }];
    if (!METHOD_NAME.test(name)) return problem(`${name} is not of the form group.method`);
    const { operation } = isObject(entry) ? entry : {};
    return typeof operation === "string" && /^[A-Z]+ \//.test(operation)
      ? []
      : problem(`${name} needs an operation, as in { operation: POST /v2/thumbnail/text }`);
  });
}
