import { CommanderError } from "commander";
import { isPikzelsError } from "pikzels-client";
import { BrokenAnswerError, FailureError, InterruptedError, UsageError } from "./errors.js";
import { redactKeys } from "../wrappers/redact.js";
import { printable } from "./terminal/text.js";

export { exitCodeOf } from "./exit-code.js";

/** The explanation of an error, and the command whose help says more. */
export function messageOf(error: unknown, help: string): string {
  if (error instanceof CommanderError) {
    const text = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    return `${asSentence(printable(text))} See ${help}.`;
  }
  if (error instanceof UsageError) return error.message.split("\n").map(printable).join("\n");
  if (isExplained(error)) return printable(error.message);
  // A bug of ours keeps its stack trace for maintainers who ask for it.
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  if (process.env["DEBUG"]) return redactKeys(stack);
  return `Failed unexpectedly: ${printable(message)} (run again with DEBUG=1 for the trace)`;
}

function isExplained(error: unknown): error is Error {
  const kinds = [BrokenAnswerError, FailureError, InterruptedError];
  return isPikzelsError(error) || kinds.some((kind) => error instanceof kind);
}

function asSentence(text: string): string {
  const end = /[.?)]$/.test(text) ? "" : ".";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}
