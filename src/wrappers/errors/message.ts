import { toLine } from "../redact.js";
import type { OperationReference, Outcome } from "./classes.js";

/** The parts of an error message, about a request to the API or an image download. */
export interface MessageParts {
  /** What failed. */
  subject: string;
  /** What happened, as a clause without a full stop. */
  happened: string;
  /** What became of it, as a sentence. */
  consequence: string;
  /** What to do next, as a sentence. */
  next?: string | undefined;
  requestId?: string | undefined;
}

/** Composes an error message: what happened, what was not done, and what to do next. */
export function composeMessage(parts: MessageParts): string {
  const { subject, happened, consequence, next, requestId } = parts;
  const id = requestId && `(request id ${requestId})`;
  // Bounded, so that quoted text leaves room for the sentences after it.
  const clause = toLine(happened, 1200).replace(/\.*$/, ".");
  return [`${toLine(subject, 500)}: ${clause}`, consequence, next, id].filter(Boolean).join(" ");
}

/** Says what became of a request. */
export function consequenceOf(outcome: Outcome, { method }: OperationReference): string {
  if (outcome === "not-sent") return "Nothing was sent.";
  if (outcome === "rejected") return "It was not processed and not billed.";
  return method === "POST"
    ? "It may have been processed and billed: check before sending it again."
    : "It may have been processed; sending it again does no harm.";
}
