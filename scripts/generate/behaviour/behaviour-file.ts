import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { InputError } from "../../lib/input-error.js";
import { parseDocument } from "../../lib/parse-document.js";
import { problemsError, type Problem } from "../../lib/problem.js";
import { readSourceText } from "../../lib/source-text.js";

/** How certain a fact about the service can be. */
const CONFIDENCES = ["printed", "answered", "assumed", "chosen"];

/** The sections that `spec/behaviour.yaml` must have. */
const SECTIONS = [
  "key",
  "messages",
  "details",
  "exclusions",
  "compaction",
  "names",
  "images",
  "outputs",
  "requestsInFlight",
  "durations",
];

/**
 * Reads what the service does beyond its document.
 *
 * @throws {InputError} one line for each missing section and each unknown confidence.
 */
export async function readBehaviour(file: string): Promise<JsonObject> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (!isObject(document)) throw InputError.at(file, undefined, "holds no sections");
  const problems = [
    ...SECTIONS.filter((name) => document[name] === undefined).map((name) => ({
      path: [],
      message: `needs a section ${name}`,
    })),
    ...confidenceProblems(document, []),
  ];
  if (problems.length > 0) throw problemsError(source, problems);
  return document;
}

function confidenceProblems(value: unknown, path: (string | number)[]): Problem[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => confidenceProblems(item, [...path, index]));
  if (!isObject(value)) return [];
  const { confidence } = value;
  const isKnown = confidence === undefined || CONFIDENCES.some((known) => known === confidence);
  const message = `confidence must be one of ${CONFIDENCES.join(", ")}`;
  return [
    ...(isKnown ? [] : [{ path: [...path, "confidence"], message }]),
    ...Object.entries(value).flatMap(([key, member]) => confidenceProblems(member, [...path, key])),
  ];
}
