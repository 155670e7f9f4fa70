import { CommanderError } from "commander";
import type { CliCommand, CommandContext } from "./command.js";
import { builtInCommands } from "./commands.js";
import { commandAt, createProgram } from "./program.js";
import { colorsFor } from "./terminal/colors.js";
import type { Terminal } from "./terminal/terminal.js";

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
  // A group of commands on its own asks for help; it is not a mistake.
  const isGroup = command.commands.length > 0 && path.length > words.length;
  try {
    await program.parseAsync(isGroup ? [...words, "--help"] : words, { from: "user" });
    return exitCode;
  } catch (error) {
    // How the parser ends after showing help.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Loaded only now: it needs the client, which help does not.
    const { exitCodeOf, messageOf } = await import("./explain-error.js");
    const message = messageOf(error, `${path.join(" ")} --help`);
    terminal.stderr.write(`${colorsFor(terminal.stderr).red("error:")} ${message}\n`);
    return exitCodeOf(error);
  }
}
