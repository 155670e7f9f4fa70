import { Help, type Command } from "commander";

/** Lines that follow the options of a command in its help. */
interface Section {
  heading: string;
  /** A term and what it means, or an example as it stands. */
  items: readonly (readonly [term: string, description?: string])[];
}

const sections = new WeakMap<Command, Section[]>();

/** Adds a section to the end of a command's help. */
export function addHelpSection(command: Command, heading: string, items: Section["items"]): void {
  sections.set(command, [...(sections.get(command) ?? []), { heading, items }]);
}

/** Below this width, a description goes under its term instead of beside it. */
const NARROWEST_DESCRIPTION = 28;

/** Help that lists every command that can be called, and fits in 50 columns. */
export class CliHelp extends Help {
  override minWidthToWrap = 20;

  /** The parser also asks for these to suggest one of them, and then it needs the groups. */
  #isFormatting = false;

  override visibleCommands(command: Command): Command[] {
    const visible = super.visibleCommands(command);
    return this.#isFormatting ? visible.flatMap((each) => this.#runnable(each)) : visible;
  }

  #runnable(command: Command): Command[] {
    return command.commands.length > 0 ? this.visibleCommands(command) : [command];
  }

  /** As it is typed after the command whose help this is: `thumbnails from-text <prompt>`. */
  override subcommandTerm(command: Command): string {
    const names = [command.name()];
    for (let each = command.parent; each?.parent; each = each.parent) names.unshift(each.name());
    return [...names, command.usage().replace(/^\[options\] ?/, "")].join(" ").trim();
  }

  override formatItem(term: string, termWidth: number, description: string, helper: Help): string {
    const width = this.helpWidth ?? 80;
    if (width - termWidth - 4 >= NARROWEST_DESCRIPTION || description === "") {
      return super.formatItem(term, termWidth, description, helper);
    }
    const wrapped = helper.boxWrap(description, width - 6).replaceAll("\n", "\n      ");
    return `  ${term}\n      ${wrapped}`;
  }

  override formatHelp(command: Command, helper: Help): string {
    this.#isFormatting = true;
    const added = (sections.get(command) ?? []).map(({ heading, items }) => {
      const termWidth = Math.max(...items.map(([term]) => term.length));
      const lines = items.map(([term, text = ""]) =>
        this.formatItem(term, termWidth, text, helper),
      );
      return [helper.styleTitle(`${heading}:`), ...lines, ""].join("\n");
    });
    return [super.formatHelp(command, helper), ...added].join("\n");
  }
}

/** For commands that call the API. */
export const exitCodeSection = [
  ["0", "done"],
  ["1", "refused by the service, or failed without being billed"],
  ["2", "wrong use: nothing was sent"],
  ["3", "outcome unknown: it may have been processed and billed"],
  ["130", "interrupted"],
] as const;
