import { fragmentName } from "./fragment-name.js";
import { InputError } from "../lib/input-error.js";
import { isHttpMethod } from "../lib/http-methods.js";
import { isObject, type JsonObject } from "../lib/json-object.js";
import { toPointer } from "../lib/json-pointer.js";
import { locate } from "../lib/locate.js";
import type { OpenApiBlock } from "../lib/openapi-block.js";
import { parseDocument } from "../lib/parse-document.js";

/**
 * Checks that a block of a docs page is what its info string announces: an OpenAPI 3.0 document
 * with just that operation, whose fragment can be given a file name.
 *
 * @throws {InputError} one line with the page, line and column, and what is wrong there.
 */
export function checkFragment({ method, path, source, closed }: OpenApiBlock) {
  const fail = (pointer: string, message: string) =>
    InputError.at(source.file, locate(source, pointer), message);

  if (!closed) {
    const fence = { line: source.lineOffset, column: 1 };
    throw InputError.at(source.file, fence, "the block never ends; the page seems to be cut off");
  }
  const document = parseDocument(source);
  if (!isObject(document)) throw fail("", "is not an OpenAPI document");
  const { openapi, info, paths } = document;
  if (typeof openapi !== "string" || !/^3\.0\.\d+$/.test(openapi)) {
    const found =
      openapi === undefined ? "no openapi field" : `openapi: ${JSON.stringify(openapi)}`;
    throw fail("/openapi", `is not an OpenAPI 3.0 document (${found})`);
  }
  if (!isObject(info)) throw fail("/info", "the OpenAPI document has no info");
  if (!isObject(paths)) throw fail("/paths", "the OpenAPI document has no paths");

  const announced = `${method} ${path}`;
  const operations = operationsOf(paths);
  const [first, second] = operations;
  if (!first) throw fail("/paths", `has no operation; its page announces ${announced}`);
  const odd = operations.find((operation) => operation.title !== announced);
  if (odd) {
    const problem = second
      ? `has ${operations.length} operations, where its page announces just ${announced}`
      : `is about ${odd.title}, where its page announces ${announced}`;
    throw fail(odd.pointer, problem);
  }
  if (!isObject(first.value) || !isObject(first.value["responses"])) {
    throw fail(first.pointer, `${announced} has no responses`);
  }
  const fileName = fragmentName({ method, path });
  if (fileName === undefined) throw fail("/paths", `no file can be named after ${announced}`);
  return { document, fileName };
}

function operationsOf(paths: JsonObject) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {})
      .filter(([key]) => isHttpMethod(key))
      .map(([key, value]) => ({
        title: `${key.toUpperCase()} ${path}`,
        pointer: toPointer(["paths", path, key]),
        value,
      })),
  );
}
