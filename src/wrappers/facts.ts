import { api } from "../generated/api.js";
import { operations, type OperationFacts } from "../generated/operations.js";
import type { AnswerKind, KeyHeader } from "../transport/call.js";

/**
 * The operation of a path template or a concrete path; `undefined` for one that is newer than this
 * package.
 */
export function findOperation(method: string, path: string): OperationFacts | undefined {
  const candidates = Object.values<OperationFacts>(operations).filter(
    (facts) => facts.method === method,
  );
  return (
    candidates.find((facts) => facts.path === path) ??
    candidates.find((facts) => matcherOf(facts).test(path))
  );
}

function matcherOf({ path }: OperationFacts): RegExp {
  const literals = path.split(/\{[^{}]+\}/).map((text) => text.replaceAll(/[^\w/-]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^/]+")}$`);
}

/** The kind of body that a success of an operation has. */
export function answerKindOf({ answer }: OperationFacts): AnswerKind {
  return answer ?? "json";
}

/** The header in which an operation expects the key; `undefined` if it takes none. */
export function keyHeaderOf({
  security = api.security,
}: Partial<OperationFacts>): KeyHeader | undefined {
  return security === "none" ? undefined : security;
}
