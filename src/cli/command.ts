import type { Command } from "commander";
import type { Terminal } from "./terminal/terminal.js";

/** What a command is given besides its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Says how the command ended; without it, it is 0. */
  readonly exitWith: (code: number) => void;
  /** All commands, with the options of the one that these words call. */
  readonly programFor: (words: readonly string[]) => Promise<Command>;
}

/** A command of `pikzels-client`. */
export interface CliCommand {
  readonly name: string;
  /** Its arguments as the help shows them: `<file>`. */
  readonly args?: string;
  /** What it does, for the list of commands. */
  readonly summary: string;
  /** Whether the help leaves it out: it is for programs. */
  readonly isHidden?: boolean;
  /** Adds options and the action. Called only if the command is, so that none pays for others. */
  readonly define: (command: Command, context: CommandContext) => Promise<void> | void;
}
