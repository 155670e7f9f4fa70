import { existsSync } from "node:fs";
import { isObject, objectAt } from "../../../src/openapi/json.js";
import { InputError } from "../../lib/input-error.js";
import { parseDocument } from "../../lib/parse-document.js";
import { problemsError, type Problem } from "../../lib/problem.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";

/** The operation that a client method calls, as written in `spec/names.yaml`. */
export interface NameEntry {
  /** HTTP method and path template: `POST /v2/thumbnail/text`. */
  operation: string;
  operationId?: string;
}

/** What `spec/names.yaml` says about the names of methods. */
export interface NamesFile {
  /** Omitted if there is no such file. */
  source?: SourceText;
  /** The version that is omitted from the names of its operations: `v2`. */
  version?: string;
  /** Path segment → name of the group. */
  groups: Record<string, string>;
  /** Client method, such as `thumbnails.fromText` → its operation. */
  methods: Record<string, NameEntry>;
}

/** A method of the client, with its group: `thumbnails.fromText`. */
const METHOD_NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*\.[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/**
 * Reads `names.yaml`. Without such a file, every name follows the rule.
 *
 * @throws {InputError} one line for each entry that does not have the form of {@link NamesFile}.
 */
export async function readNames(file: string): Promise<NamesFile> {
  return existsSync(file) ? parseNames(await readSourceText(file)) : { groups: {}, methods: {} };
}

/** @throws {InputError} like {@link readNames}. */
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
