import type { Command, Option } from "commander";
import { commandAt } from "../program.js";
import { suggestedValues } from "./suggested-values.js";

/** A completion of a word on the command line. */
export interface Suggestion {
  readonly value: string;
  readonly description: string;
}

/**
 * What the last of some words may become: a command, an option, or a value that an option is known to take.
 * None means that it is anything, such as a file.
 *
 * @param words What follows the name of the program; the last one may be empty.
 */
export async function suggestionsFor(
  program: Command,
  words: readonly string[],
): Promise<Suggestion[]> {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { command } = commandAt(program, before);
  const [, flag = "", start] = /^(--[^=]+)=(.*)$/.exec(current) ?? [];
  const option = optionOf(command, start === undefined ? (before.at(-1) ?? "") : flag);
  const suggestions = option
    ? await valueSuggestions(option, start === undefined ? "" : `${flag}=`)
    : current.startsWith("-")
      ? optionSuggestions(command)
      : commandSuggestions(command);
  return suggestions.filter(({ value }) => value.startsWith(current));
}

/** The option of this name, if it takes a value. */
function optionOf({ options }: Command, name: string): Option | undefined {
  return options.find(({ long, required }) => long === name && required);
}

async function valueSuggestions(option: Option, prefix: string): Promise<Suggestion[]> {
  const values = await suggestedValues(option);
  return values.map((value) => ({ value: `${prefix}${value}`, description: "" }));
}

function optionSuggestions(command: Command): Suggestion[] {
  const visible = command.createHelp().visibleOptions(command);
  return visible.map(({ long, description }) => ({ value: long ?? "", description }));
}

function commandSuggestions(command: Command): Suggestion[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ value: each.name(), description: each.description() }));
}
