import { readDocument } from "../../src/cli/document.js";
import type { ApiOperation } from "../../src/cli/operations/operations.js";
import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";

/**
 * Arguments for an operation's tool, from the example of its body in the spec.
 *
 * @param createdId Makes something that the ids of paths can name.
 */
export async function exampleArguments(
  { id, inputs }: ApiOperation,
  createdId: () => Promise<unknown>,
): Promise<JsonObject> {
  const defined = operationsOf(readDocument()).find(({ operationId }) => operationId === id);
  const [media] = Object.values(objectAt(defined?.definition, "requestBody", "content"));
  const example = objectAt(media, "example");
  const given: JsonObject = {};
  for (const { name, image, target } of inputs) {
    if (target === "path") given[name] = await createdId();
    else if (!image) given[name] = example[name];
    else given[name] = example[image.address ?? ""] ?? example[image.data ?? ""];
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
