import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { parseDocument } from "../lib/parse-document.js";
import type { SourceText } from "../lib/source-text.js";
import { problemsError, type Problem } from "../lib/problem.js";
import { referenceProblems } from "./references.js";
import { operationProblems, shapeProblems } from "./shape.js";

/** A fragment whose shape is checked, down to what merging relies on. */
export interface Fragment {
  document: JsonObject;
  paths: JsonObject;
  components: JsonObject;
}

/**
 * Reads one fragment: an OpenAPI 3.0 document with exactly one operation, and no reference that
 * leads out of it.
 *
 * @throws {InputError} every problem of the fragment, one a line, with file, line and column.
 */
export function readFragment(source: SourceText): Fragment {
  const document = parseDocument(source);
  if (!isObject(document)) {
    throw problemsError(source, [{ path: [], message: "is not an OpenAPI document" }]);
  }
  const wrongVersion = versionProblem(document);
  if (wrongVersion) throw problemsError(source, [wrongVersion]);

  const { paths, components = {} } = document;
  const problems = [
    ...shapeProblems(document),
    ...operationProblems(paths),
    ...referenceProblems(document),
  ];
  if (problems.length > 0 || !isObject(paths) || !isObject(components)) {
    throw problemsError(source, problems);
  }
  return { document, paths, components };
}

function versionProblem({ openapi, swagger }: JsonObject): Problem | undefined {
  if (typeof openapi === "string" && /^3\.0\.\d+(-\w+)?$/.test(openapi)) return undefined;
  if (openapi === undefined) {
    const message = swagger === undefined ? "has no openapi field" : "is Swagger";
    return { path: ["swagger"], message: `${message}: not an OpenAPI 3.0 document` };
  }
  const message = `openapi is ${JSON.stringify(openapi)}: only OpenAPI 3.0.x can be merged`;
  return { path: ["openapi"], message };
}
