import { toLine } from "../redact.js";
import type { OperationReference, Outcome } from "./classes.js";

/** What an error says: about a request of the API, or about the download of an image. */
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

/** Composes the message of an error: what happened, what was not done, and what to do next. */
export function composeMessage(parts: MessageParts): string {
  const { subject, happened, consequence, next, requestId } = parts;
  const id = requestId && `(request id ${requestId})`;
  // Bounded, so that what is quoted leaves room for what follows.
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
