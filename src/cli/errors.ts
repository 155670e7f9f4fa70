/**
 * The user asked for something impossible: nothing was sent and nothing written. The message says
 * what is wrong and what to do, one line per problem; the command exits with 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command could not do everything it was asked to; it exits with 1. */
export class FailureError extends Error {
  override readonly name = "FailureError";
}

/** The command was interrupted; the message says what became of its work. It exits with 130. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/**
 * An answer was cut off after it had begun, so it may have been billed. The command exits with 3.
 */
export class BrokenAnswerError extends Error {
  override readonly name = "BrokenAnswerError";
}
