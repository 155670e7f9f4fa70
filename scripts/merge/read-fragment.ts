import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { fromPointer, toPointer } from "../../src/openapi/pointer.js";
import { followReferences } from "../../src/openapi/references.js";
import { openApiVersion } from "../../src/openapi/version.js";
import type { Announced } from "../lib/openapi-block.js";
import { parseDocument } from "../lib/parse-document.js";
import { problemsError, type Problem } from "../lib/problem.js";
import { referenceProblems } from "../lib/reference-problems.js";
import type { SourceText } from "../lib/source-text.js";
import type { Fragment, FragmentOperation } from "./fragment.js";
import { operationProblems, shapeProblems } from "./fragment-problems.js";

/**
 * Reads one fragment: an OpenAPI 3 document with exactly one operation, and no reference that leads
 * out of it. A 3.2 document is read as if it were 3.1.
 *
 * @throws {InputError} every problem of the fragment, one per line, with file, line and column.
 */
export function readFragment(source: SourceText): Fragment {
  const document = parseDocument(source);
  if (!isObject(document)) {
    throw problemsError(source, [{ path: [], message: "is not an OpenAPI document" }]);
  }
  const version = openApiVersion(document);
  if (!version || version.minor > 2) throw problemsError(source, [versionProblem(document)]);

  const operations = operationsIn(document);
  const shape = shapeProblems(document);
  const problems = [
    ...(shape.length > 0 ? shape : operationProblems(operations)),
    ...referenceProblems(document),
  ];
  const [operation] = operations;
  if (problems.length > 0 || !operation) throw problemsError(source, problems);
  return { document, version, operation };
}

function operationsIn(document: JsonObject): FragmentOperation[] {
  return (["paths", "webhooks"] as const).flatMap((section) =>
    Object.entries(objectAt(document, section)).flatMap(([name, value]) => {
      const item = followReferences(document, { value, pointer: toPointer([section, name]) });
      const pathItem = item?.value;
      if (!isObject(pathItem) || name.startsWith("x-")) return [];
      const pathItemKeys = fromPointer(item?.pointer ?? "");
      return HTTP_METHODS.filter((method) => Object.hasOwn(pathItem, method)).map((method) => {
        const definition = objectAt(pathItem, method);
        return { section, name, method, definition, pathItem, pathItemKeys };
      });
    }),
  );
}

/** The operation that the info string on its page announces. */
export function announcementOf({
  section,
  name,
  method,
}: Pick<FragmentOperation, "section" | "name" | "method">): Announced {
  return section === "paths"
    ? { kind: "operation", method: method.toUpperCase(), path: name }
    : { kind: "webhook", name };
}

function versionProblem({ openapi, swagger }: JsonObject): Problem {
  if (openapi === undefined) {
    const message = swagger === undefined ? "has no openapi field" : "is Swagger 2.0";
    return { path: ["swagger"], message: `${message}: not an OpenAPI 3 document` };
  }
  return {
    path: ["openapi"],
    message: `openapi is ${JSON.stringify(openapi)}: OpenAPI 3.0, 3.1 and 3.2 can be read`,
  };
}
