import { Command } from "commander";
import type { CliCommand, CommandContext } from "./command.js";
import { packageVersion } from "./document.js";
import { addHelpSection, CliHelp } from "./help.js";
import { colorsFor, usesColor } from "./terminal/colors.js";
import { widthOf } from "./terminal/terminal.js";

const TOOLS = "Tools:";

class CliProgram extends Command {
  override createCommand(name?: string): Command {
    return new CliProgram(name);
  }

  override createHelp(): CliHelp {
    const { bold } = colorsFor({ isTTY: true });
    return Object.assign(new CliHelp(), { styleTitle: bold });
  }
}

/** Builds the commands that these arguments may mean; the others are only listed. */
export async function createProgram(
  argv: readonly string[],
  commands: readonly CliCommand[],
  context: CommandContext,
): Promise<Command> {
  const program = new CliProgram("pikzels-client");
  const { stdout, stderr } = context.terminal;
  program
    .description(
      "Every operation of the Pikzels API from a shell, and tools for programs that use it.",
    )
    .version(packageVersion(), "--version", "shows the version of this package")
    .helpOption("--help", "shows this help")
    // `help COMMAND` of any depth becomes `COMMAND --help` before the arguments get here.
    .addHelpCommand(
      new Command("help")
        .argument("[command...]")
        .description("Shows the help of a command.")
        .helpGroup(TOOLS),
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // The caller prints errors, one line each.
      writeErr: () => undefined,
      getOutHelpWidth: () => widthOf(stdout),
      getErrHelpWidth: () => widthOf(stderr),
      getOutHasColors: () => usesColor(stdout),
      getErrHasColors: () => usesColor(stderr),
    });

  addHelpSection(program, "Environment", [
    ["PIKZELS_API_KEY", "the API key"],
    ["PIKZELS_BASE_URL", "another address of the API, such as an emulator's"],
  ]);

  const called = commands.find(({ name }) => name === argv[0]);
  if (!called) {
    const { defineOperations } = await import("./operations/define.js");
    defineOperations(program, argv, context);
  }
  for (const each of called ? [called] : commands) {
    const command = program
      .command(each.name, { hidden: each.isHidden === true })
      .description(each.summary)
      .helpGroup(TOOLS);
    if (each.args !== undefined) command.arguments(each.args);
    if (each === called) await each.define(command, context);
  }
  return program;
}

/** The command that words name, and how it is typed: `pikzels-client thumbnails edit`. */
export function commandAt(
  program: Command,
  words: readonly string[],
): { command: Command; path: string[] } {
  let command = program;
  const path = [program.name()];
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (!next) break;
    command = next;
    path.push(word);
  }
  return { command, path };
}
