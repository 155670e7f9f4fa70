import { CommanderError } from "commander";
import { isPikzelsError } from "pikzels-client";
import { BrokenAnswerError, FailureError, InterruptedError } from "./errors.js";

/** What the exit codes of all commands mean. */
export const ExitCode = {
  done: 0,
  refused: 1,
  wrongUse: 2,
  unknown: 3,
  interrupted: 130,
} as const;

/** The exit code for what ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return ExitCode.wrongUse;
  if (error instanceof InterruptedError) return ExitCode.interrupted;
  if (error instanceof BrokenAnswerError) return ExitCode.unknown;
  if (error instanceof FailureError) return ExitCode.refused;
  if (!isPikzelsError(error) || error.name === "PikzelsInputError") return ExitCode.wrongUse;
  // Reading is harmless, however it ended.
  const isUnknown = error.outcome === "unknown" && error.operation?.method !== "GET";
  return isUnknown ? ExitCode.unknown : ExitCode.refused;
}
