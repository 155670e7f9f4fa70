import { Option, type Command } from "commander";
import type { CommandContext } from "../command.js";
import { suggestValues } from "../completion/suggested-values.js";
import { seconds } from "../flags.js";
import { addHelpSection, exitCodeSection } from "../help.js";
import { flagOf, isPositional, keyOf } from "./input-names.js";
import type { Input } from "./inputs.js";
import { loadOperations, type ApiOperation } from "./operations.js";
import { priceListOf } from "./price-list.js";
import { listOf, rangeText } from "./values.js";

const GROUP = "Operations of the API:";

/** Adds a command for each operation of the spec, with options for the one in use. */
export function defineOperations(
  program: Command,
  argv: readonly string[],
  context: CommandContext,
): void {
  const groups = new Map<string, Command>();
  for (const operation of loadOperations()) {
    const [group, method] = operation.words;
    const parent = groups.get(group) ?? program.command(group).helpCommand(false).helpGroup(GROUP);
    groups.set(group, parent);
    const command = parent.command(method).description(operation.summary).helpGroup(GROUP);
    defineArguments(command, operation);
    if (argv[0] === group && argv[1] === method) defineOptions(command, operation, context);
  }
}

function defineArguments(command: Command, { inputs, facts }: ApiOperation): void {
  const positionals = inputs.filter(isPositional);
  for (const input of positionals) {
    // A body from a file may hold what is required, so that is checked later.
    const argument = input.target === "path" ? `<${input.name}>` : `[${input.name}]`;
    command.argument(argument, descriptionOf(input) || `goes into ${facts.path}`);
  }
  const terms = positionals.map(({ name, required }) => (required ? `<${name}>` : `[${name}]`));
  command.usage(["[options]", ...terms].join(" "));
}

function defineOptions(command: Command, operation: ApiOperation, context: CommandContext): void {
  const { inputs } = operation;
  for (const input of inputs.filter((each) => !isPositional(each) && each.target !== "content")) {
    for (const option of optionsFor(input)) command.addOption(option);
  }
  if (operation.facts.body) command.option("--body <file>", bodyDescription(inputs));
  if (operation.givesPictures) command.option("--save <file>", "saves the picture under this name");
  if (operation.givesContent) command.option("--save <file>", "saves the answer under this name");
  if (operation.waitMethod !== undefined)
    command.option("--wait", "waits until the training is over");
  if (!operation.givesContent) command.option("--json", "prints the answer as JSON");
  command
    .option("--timeout <seconds>", "gives up after so much work on it (default: 600)", seconds)
    .option("--base-url <url>", "another address of the API, such as an emulator's");
  const cost = priceListOf(operation.id);
  if (cost) {
    const heading =
      cost.by === undefined ? "Cost of a success" : `Cost of a success, by ${cost.by}`;
    addHelpSection(
      command,
      heading,
      cost.prices.map(([value, price]) => (value === "" ? [price] : [value, price])),
    );
  }
  addHelpSection(command, "Exit codes", exitCodeSection);
  command.action(async (...args: unknown[]) => {
    const { runOperation } = await import("./run-operation.js");
    const positionals = args.slice(0, command.registeredArguments.length) as (string | undefined)[];
    context.exitWith(await runOperation(operation, positionals, command.opts(), context.terminal));
  });
}

function bodyDescription(inputs: readonly Input[]): string {
  const whole = inputs.find(({ target }) => target === "content");
  if (!whole) return "JSON file with fields of the body; - reads standard input";
  const what = whole.kind === "file" ? "file to send" : "JSON file to send";
  return `${what}; - reads standard input${whole.required ? " (required)" : ""}`;
}

/** A value of a field as a flag; what a field may do without can also be taken away. */
function optionsFor(input: Input): Option[] {
  const flag = flagOf(input);
  const description = descriptionOf(input);
  const option =
    input.kind === "boolean" && !input.list
      ? new Option(`--${flag}`, description)
      : new Option(`--${flag} <${placeholderOf(input)}>`, description);
  option.argParser((text: string, earlier?: string[]) => [...(earlier ?? []), text]);
  option.attributeName = () => keyOf(input);
  const { choices } = input;
  if (choices) suggestValues(option, () => choices.map(String));
  const isRemovable = input.nullable || (input.kind === "boolean" && !input.list);
  if (!isRemovable) return [option];
  const removal = new Option(
    `--no-${flag}`,
    input.nullable ? "sets it to null" : "sets it to false",
  );
  removal.attributeName = () => keyOf(input);
  return [option, removal];
}

function placeholderOf({ kind, image, choices }: Input): string {
  if (image) return "image";
  if (choices) return "choice";
  return { integer: "n", number: "n", text: "text", file: "file", json: "json", boolean: "bool" }[
    kind
  ];
}

/** What the spec says of an input, in one line. */
function descriptionOf(input: Input): string {
  const { image, choices, list, required, defaultValue } = input;
  const facts = [
    choices && listOf(choices.map(String), "or"),
    rangeText(input.length, "character"),
    rangeText(input.range),
    list && (rangeText(list, "time") || "any number of times"),
    required && input.target !== "path" && "required",
    defaultValue !== undefined && `default: ${JSON.stringify(defaultValue)}`,
  ].filter(Boolean);
  const text = image ? imageDescription(image) : input.description;
  return facts.length > 0 ? `${text} (${facts.join("; ")})`.trim() : text;
}

function imageDescription({ address, data }: NonNullable<Input["image"]>): string {
  if (data === undefined) return "https address of an image";
  return address === undefined
    ? "image file, or - for standard input"
    : "image file, https address, or - for standard input";
}
