import { parseArgs, type ParseArgsConfig } from "node:util";
import { InputError } from "./input-error.js";
import { redactKeys } from "../../src/wrappers/redact.js";

/** One `--option` of a command, as `--help` shows it. */
export interface CommandOption {
  type: "string" | "boolean";
  /** The placeholder for the value in the help: `FILE`, `URL`, `text|json`. */
  value?: string;
  default?: string;
  help: string;
}

export interface Command<Options extends Record<string, CommandOption>> {
  /** How the user calls it: `npm run merge --`. */
  name: string;
  /** What it does, in one sentence. */
  summary: string;
  options: Options;
  /** What each exit code means, for the help. */
  exitCodes: Record<number, string>;
  /** Does the work and resolves to the exit code. */
  run: (options: OptionValues<Options>) => Promise<number>;
}

/** What `run` receives: options with a default are always set, the others may be missing. */
export type OptionValues<Options extends Record<string, CommandOption>> = {
  [Name in keyof Options]: Options[Name]["type"] extends "boolean"
    ? boolean
    : Options[Name] extends { default: string }
      ? string
      : string | undefined;
};

/**
 * Runs a command the way all commands of this project behave: `--help` goes to standard output; bad
 * options and bad input become one clear line on standard error with exit code 2, never a stack
 * trace and never an API key.
 */
export async function runCommand<const Options extends Record<string, CommandOption>>(
  command: Command<Options>,
  argv: string[] = process.argv.slice(2),
): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  try {
    const values = readOptions(command, argv);
    if (values["help"]) process.stdout.write(helpText(command));
    else process.exitCode = await command.run(values as OptionValues<Options>);
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${redactKeys(explain(error, command.name))}\n`);
  }
}

/** A reader that stops early, such as `| head`, is not an error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

type Described = Omit<Command<Record<string, CommandOption>>, "run">;

function readOptions(command: Described, argv: string[]) {
  const options: NonNullable<ParseArgsConfig["options"]> = {
    help: { type: "boolean", short: "h", default: false },
  };
  for (const [name, { type, default: fallback }] of Object.entries(command.options)) {
    if (type === "boolean") options[name] = { type, default: false };
    else options[name] = fallback === undefined ? { type } : { type, default: fallback };
  }
  try {
    return parseArgs({ args: argv, options, allowPositionals: false }).values;
  } catch (error) {
    // Node's advice spans several lines; its first sentence says what is wrong.
    const [reason = "bad options"] = (error as Error).message.split(/\. To specify|\.?\n/);
    throw new InputError(`${reason}. See ${command.name} --help.`);
  }
}

function helpText(command: Described): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const flag = option.value ? `--${name} ${option.value}` : `--${name}`;
    const fallback = option.default === undefined ? "" : ` (default: ${option.default})`;
    return [flag, option.help + fallback] as const;
  });
  rows.push(["--help", "shows this help"]);
  const width = Math.max(...rows.map(([flag]) => flag.length));
  const codes = Object.entries(command.exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return [
    command.summary,
    `\nUsage: ${command.name} [options]\n`,
    ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`),
    "\nExit codes:",
    ...codes,
    "",
  ].join("\n");
}

function explain(error: unknown, name: string): string {
  if (error instanceof InputError) return error.message;
  // Our own bug: the user still sees no stack trace, but a maintainer has a way to get one.
  if (process.env["DEBUG"])
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const reason = error instanceof Error ? error.message : String(error);
  return `${name}: failed unexpectedly: ${reason.replaceAll(/\s*\n\s*/g, " ")} (run again with DEBUG=1 for the trace)`;
}
