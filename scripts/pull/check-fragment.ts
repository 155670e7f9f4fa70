import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { InputError } from "../lib/input-error.js";
import { announcedTitle, type OpenApiBlock, type UnannouncedBlock } from "../lib/openapi-block.js";
import { parseDocument } from "../lib/parse-document.js";
import { problemsError } from "../lib/problem.js";
import type { SourceText } from "../lib/source-text.js";
import { announcementOf, readFragment } from "../merge/index.js";
import { fragmentName } from "./fragment-name.js";

/**
 * Checks that a block on a docs page is what its info string announces: an OpenAPI document with
 * exactly that operation or webhook, ready to be merged.
 *
 * @throws {InputError} one line per problem: the page, line and column, and what is wrong there.
 */
export function checkFragment({ announced, source, closed }: OpenApiBlock) {
  if (!closed) {
    throw InputError.at(source.file, fenceOf(source), "the block never ends; the page is cut off");
  }
  refuseOldFormat(source);
  const { document, version, operation } = readFragment(source);

  const path = [...operation.pathItemKeys, operation.method];
  const fail = (message: string) => problemsError(source, [{ path, message }]);
  const title = announcedTitle(announced);
  const actual = announcedTitle(announcementOf(operation));
  if (actual !== title) throw fail(`is about ${actual}, but its page announces ${title}`);
  if (version.minor === 0 && !isObject(operation.definition["responses"])) {
    throw fail(`${actual} has no responses`);
  }
  return { document, fileName: fragmentName(announced) };
}

/** Older docs generators wrote the operation itself under `paths`, in a format of their own. */
function refuseOldFormat(source: SourceText): void {
  const document = tryToParse(source);
  const paths = objectAt(document, "paths");
  if (typeof paths["path"] !== "string" || typeof paths["method"] !== "string") return;
  const message =
    "the page is in an older format (paths.path, paths.method), which is no OpenAPI; " +
    "compare with the site's openapi.json instead, or ask for the page to be published anew";
  throw problemsError(source, [{ path: ["paths"], message }]);
}

function tryToParse(source: SourceText): JsonObject {
  try {
    return objectAt({ document: parseDocument(source) }, "document");
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}

/** Why a block that holds an OpenAPI document was rejected. */
export function unannouncedProblem({ info, source }: UnannouncedBlock): string {
  const found = info === "" ? "has no info string" : `has the info string "${info}"`;
  const message =
    `holds an OpenAPI document, but ${found}, which names no operation; ` +
    "expected one such as: yaml /openapi.json GET /path";
  return InputError.at(source.file, fenceOf(source), message).message;
}

function fenceOf({ lineOffset }: SourceText) {
  return { line: lineOffset, column: 1 };
}
