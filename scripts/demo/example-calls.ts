import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { exampleValues, listOperations, loadSpec } from "../generate/index.js";

/** A method of the client, and the arguments from the spec's own example. */
export interface ExampleCall {
  facts: OperationFacts;
  args: unknown[];
}

/**
 * An example of every operation of the spec: first those that need nothing, then those that read
 * and change what was created, and finally those that delete.
 */
export async function exampleCalls(specFile: string): Promise<ExampleCall[]> {
  const spec = await loadSpec(specFile);
  const examples = new Map(
    listOperations(spec).map((operation) => [
      `${operation.method.toUpperCase()} ${operation.path}`,
      exampleValues(spec.document, operation),
    ]),
  );
  return Object.values<OperationFacts>(operations)
    .map((facts) => ({ facts, args: examples.get(`${facts.method} ${facts.path}`) ?? [] }))
    .sort((a, b) => turnOf(a.facts) - turnOf(b.facts));
}

function turnOf({ method, path, readiness }: OperationFacts): number {
  if (!path.includes("{")) return 0;
  if (method === "DELETE") return 3;
  return readiness ? 1 : 2;
}

/**
 * Whether a path is that of an item, and another below its collection, which may create it:
 * `/style/{id}` and `/style/new`.
 */
export function mayBeCreatedAt(path: string, other: string): boolean {
  const [collection = "", ...parameters] = path.split("{");
  return parameters.length > 0 && `${other}/`.startsWith(collection);
}
