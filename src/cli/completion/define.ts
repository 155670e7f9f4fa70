import { UsageError } from "../errors.js";
import type { CliCommand } from "../command.js";
import { addHelpSection } from "../help.js";
import { printable } from "../terminal/text.js";

/** `completion SHELL`: what a shell evaluates to complete commands, options and their values. */
export const completionCommand: CliCommand = {
  name: "completion",
  args: "<shell>",
  summary: "Prints a script with which bash, zsh or fish completes these commands.",
  define(command, { terminal }) {
    addHelpSection(command, "To switch it on", [
      ["bash", 'eval "$(pikzels-client completion bash)" in ~/.bashrc'],
      ["zsh", 'eval "$(pikzels-client completion zsh)" in ~/.zshrc'],
      ["fish", "pikzels-client completion fish | source in ~/.config/fish/config.fish"],
    ]);
    command.action(async (shell: string) => {
      const { shellScripts } = await import("./shell-scripts.js");
      const script = Object.entries(shellScripts).find(([name]) => name === shell)?.[1];
      if (script === undefined) {
        throw new UsageError(
          `There is no completion for ${shell}; there is for bash, zsh and fish.`,
        );
      }
      terminal.stdout.write(`${script}\n`);
    });
  },
};

/** `complete -- WORDS`: what those shells ask. */
export const completeCommand: CliCommand = {
  name: "complete",
  args: "[words...]",
  summary: "Tells what the last word may become.",
  isHidden: true,
  define(command, { terminal, programFor }) {
    command.action(async (words: string[]) => {
      const { suggestionsFor } = await import("./suggestions.js");
      const asked = words[0] === "help" ? words.slice(1) : words;
      for (const { value, description } of await suggestionsFor(await programFor(asked), asked)) {
        terminal.stdout.write(`${value}\t${printable(description)}\n`);
      }
    });
  },
};
