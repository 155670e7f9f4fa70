import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { InputError } from "../lib/input-error.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import type { OpenApiBlock } from "../lib/openapi-block.js";
import { problemsError } from "../lib/problem.js";
import { readFragment } from "../merge/read-fragment.js";
import { fragmentName } from "./fragment-name.js";

/**
 * Checks that a block of a docs page is what its info string announces: an OpenAPI 3.0 document
 * with just that operation, fit to be merged, and one that a file can be named after.
 *
 * @throws {InputError} one line a problem: the page, line and column, and what is wrong there.
 */
export function checkFragment({ method, path, source, closed }: OpenApiBlock) {
  if (!closed) {
    const fence = { line: source.lineOffset, column: 1 };
    throw InputError.at(source.file, fence, "the block never ends; the page seems to be cut off");
  }
  const { document, paths } = readFragment(source);

  const announced = `${method} ${path}`;
  const { title, place, value } = onlyOperation(paths);
  const fail = (message: string) => problemsError(source, [{ path: place, message }]);
  if (title !== announced) throw fail(`is about ${title}, where its page announces ${announced}`);
  if (!isObject(value["responses"])) throw fail(`${title} has no responses`);

  const fileName = fragmentName({ method, path });
  if (fileName === undefined) throw fail(`no file can be named after ${title}`);
  return { document, fileName };
}

/** The operation of a fragment, which has exactly one. */
function onlyOperation(paths: JsonObject) {
  for (const path of Object.keys(paths)) {
    const item = objectAt(paths, path);
    const method = HTTP_METHODS.find((candidate) => Object.hasOwn(item, candidate));
    if (method === undefined) continue;
    const title = `${method.toUpperCase()} ${path}`;
    return { title, place: ["paths", path, method], value: objectAt(item, method) };
  }
  throw new Error("readFragment let a fragment without an operation through");
}
