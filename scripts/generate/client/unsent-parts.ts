import { fromPointer } from "../../../src/openapi/pointer.js";
import type { Problem } from "../../lib/problem.js";
import type { Operation } from "../operation-list.js";
import { unsentParameters } from "./parameters.js";
import type { DocumentSecurity } from "./security.js";

/** The parts of a document that the client cannot send, with the operation that asks for them. */
export function unsentParts(
  operations: readonly Operation[],
  { warnings }: DocumentSecurity,
): Problem[] {
  const cookies = operations.flatMap((operation) =>
    unsentParameters(operation).map((name) => ({
      operation,
      message: `the client sends no cookies, so not the parameter ${name}`,
    })),
  );
  return [...warnings, ...cookies].map(({ operation, message }) => ({
    path: fromPointer(operation.pointer),
    message,
  }));
}
