import { fromPointer } from "../../../src/openapi/pointer.js";
import type { Problem } from "../../lib/problem.js";
import type { Operation } from "../operation-list.js";
import { unsentParameters } from "./parameters.js";
import type { DocumentSecurity } from "./security.js";

/** What the client cannot send of what a document asks for, at the operation that asks. */
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
