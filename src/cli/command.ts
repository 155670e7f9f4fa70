import type { Command } from "commander";
import type { Terminal } from "./terminal/terminal.js";

/** What a command gets besides its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the exit code, which is 0 otherwise. */
  readonly exitWith: (code: number) => void;
  /** All commands, with the options of the one that these words name. */
  readonly programFor: (words: readonly string[]) => Promise<Command>;
}

/** A command of `pikzels-client`. */
export interface CliCommand {
  readonly name: string;
  /** Its arguments as the help shows them: `<file>`. */
  readonly args?: string;
  /** What it does, for the list of commands. */
  readonly summary: string;
  /** Whether help omits it because it is meant for programs. */
  readonly isHidden?: boolean;
  /**
   * Adds options and the action. Called only for the command in use, so that the others cost
   * nothing.
   */
  readonly define: (command: Command, context: CommandContext) => Promise<void> | void;
}
