import { operations, type OperationFacts } from "../../src/generated/operations.js";
import { exampleValues, listOperations, loadSpec } from "../generate/index.js";

/** A method of the client, and what the spec's own example passes to it. */
export interface ExampleCall {
  facts: OperationFacts;
  args: unknown[];
}

/**
 * An example of every operation of the spec: those that need nothing first, then those that read
 * and change what was created, those that delete last.
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
