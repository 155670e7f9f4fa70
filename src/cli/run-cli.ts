import { CommanderError } from "commander";
import { isPikzelsError } from "pikzels-client";
import type { CliCommand, CommandContext } from "./command.js";
import { builtInCommands } from "./commands.js";
import { BrokenAnswerError, FailureError, InterruptedError, UsageError } from "./errors.js";
import { exitCodeOf } from "./exit-code.js";
import { commandAt, createProgram } from "./program.js";
import { colorsFor } from "./terminal/colors.js";
import type { Terminal } from "./terminal/terminal.js";
import { redactKeys } from "../wrappers/redact.js";
import { printable } from "./terminal/text.js";

/**
 * Runs the command line.
 *
 * @param argv What follows the name of the program.
 * @param commands What there is besides the operations of the API.
 * @returns The exit code. Whatever goes wrong is told on standard error, one line a problem.
 */
export async function runCli(
  argv: readonly string[],
  commands: readonly CliCommand[],
  terminal: Terminal,
): Promise<number> {
  let exitCode = 0;
  const words = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  const context: CommandContext = {
    terminal,
    exitWith: (code) => (exitCode = code),
    programFor: (asked) => createProgram(asked, [...builtInCommands, ...commands], context),
  };
  const program = await context.programFor(words);
  const { command, path } = commandAt(program, words);
  // A group of commands by itself is a question, not a mistake.
  const isGroup = command.commands.length > 0 && path.length > words.length;
  try {
    await program.parseAsync(isGroup ? [...words, "--help"] : words, { from: "user" });
    return exitCode;
  } catch (error) {
    const message = messageOf(error, `${path.join(" ")} --help`);
    if (message !== undefined) {
      terminal.stderr.write(`${colorsFor(terminal.stderr).red("error:")} ${message}\n`);
    }
    return exitCodeOf(error);
  }
}

/** What is said of an error; nothing if it is only how the parser ends after showing help. */
function messageOf(error: unknown, help: string): string | undefined {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined;
    const text = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    return `${asSentence(printable(text))} See ${help}.`;
  }
  if (error instanceof UsageError) return error.message.split("\n").map(printable).join("\n");
  if (isExplained(error)) return printable(error.message);
  // A fault of ours keeps its trace for a maintainer who asks for it.
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
