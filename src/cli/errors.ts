/**
 * What the user asked for cannot be: nothing was sent and nothing written. Its message says what is wrong
 * and what to do, in one line or in one line a problem; the command exits with 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command could not do all that was asked of it; it exits with 1. */
export class FailureError extends Error {
  override readonly name = "FailureError";
}

/** The command was interrupted; the message says what became of its work. It exits with 130. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** An answer broke off after it had begun: it may have been billed. The command exits with 3. */
export class BrokenAnswerError extends Error {
  override readonly name = "BrokenAnswerError";
}
