import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readDocument } from "../../src/cli/document.js";
import { loadOperations } from "../../src/cli/operations/operations.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { exampleValues } from "../../scripts/generate/index.js";
import { InputError } from "../../scripts/lib/input-error.js";

/**
 * The operation that generates pictures from a prompt and needs the fewest other fields, with the
 * example from the spec.
 */
function sampleOperation(): { name: string; example: JsonObject } {
  const document = readDocument();
  const defined = operationsOf(document);
  const examples = loadOperations().flatMap(({ name, facts, givesPictures }) => {
    const { method, path } = facts;
    const operation = defined.find(
      (one) => one.path === path && one.method === method.toLowerCase(),
    );
    const [example] = operation ? exampleValues(document, operation) : [];
    return givesPictures && isObject(example) && "prompt" in example ? [{ name, example }] : [];
  });
  const size = ({ example }: { example: JsonObject }) => Object.keys(example).length;
  const [first] = examples.sort((a, b) => size(a) - size(b));
  if (!first) throw new InputError("No operation makes pictures of a prompt: give a --jobs-file.");
  return first;
}

/**
 * Generates the given number of jobs.
 *
 * @returns The file that they are in.
 */
export async function writeSampleJobs(folder: string, count: number): Promise<string> {
  const subjects = ["A lighthouse in a storm", "A robot that bakes bread", "The fastest snail"];
  const { name, example } = sampleOperation();
  const rows = Array.from({ length: count }, (_, index) => ({
    ...example,
    row_id: `sample-${index + 1}`,
    operation: name,
    prompt: `${subjects[index % subjects.length] ?? ""}, take ${index + 1}`,
  }));
  const file = join(folder, "sample.ndjson");
  await mkdir(folder, { recursive: true });
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  return file;
}
