import type { OperationReference, Outcome } from "./pikzels-error.js";

/** What an error may say besides what happened. */
export interface Explanation {
  /** What to do next. */
  next?: string | undefined;
  requestId?: string | undefined;
}

/** Puts together what an error says: what happened, what became of the request, what to do next. */
export function explain(
  { method, path }: OperationReference,
  happened: string,
  outcome: Outcome,
  { next, requestId }: Explanation,
): string {
  const consequence = {
    "not-sent": "Nothing was sent.",
    rejected: "It was not processed and not billed.",
    unknown:
      method === "POST"
        ? "It may have been processed and billed: check before sending it again."
        : "It may have been processed; sending it again does no harm.",
  }[outcome];
  const id = requestId && `(request id ${requestId})`;
  return [`${method} ${path}: ${happened.replace(/\.*$/, ".")}`, consequence, next, id]
    .filter(Boolean)
    .join(" ");
}
