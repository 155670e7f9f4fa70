import { buffer } from "node:stream/consumers";
import { toImageDataUrl } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import type { Terminal } from "../terminal/terminal.js";
import { UsageError } from "../errors.js";
import { openFile, readBytes, type FileReaders } from "./file-values.js";
import { isPositional, keyOf, labelOf } from "./input-names.js";
import type { Input } from "./inputs.js";
import type { ApiOperation } from "./operations.js";
import { preparePrompts } from "./prompts.js";
import { problemsWith, splitBody, type Values } from "./request.js";
import { parseText } from "./values.js";

/**
 * The values that arguments, flags and `--body` give together; flags override the file.
 *
 * @returns Them, fields of the body that no input describes, and what was done to the prompt.
 * @throws {UsageError} Naming everything that the spec has against them.
 */
export async function readGiven(
  operation: ApiOperation,
  positionals: readonly (string | undefined)[],
  flags: Readonly<Record<string, unknown>>,
  readBody: (file: string) => Promise<string>,
): Promise<{ values: Values; rest: Record<string, unknown>; notes: readonly string[] }> {
  const file = flags["body"];
  const fromFile =
    typeof file === "string"
      ? await readBodyFile(operation, file, readBody)
      : { values: {}, rest: {} };
  const given = { ...fromFile.values, ...typedValues(operation, positionals, flags) };
  const { values, notes } = preparePrompts(operation, given);
  const unknown = operation.isClosed ? Object.keys(fromFile.rest) : [];
  const problems = [
    ...unknown.map((name) => `${name} is no field of the body.`),
    ...problemsWith(operation, values, labelOf),
  ];
  if (problems.length > 0) {
    const help = `See pikzels-client ${operation.words.join(" ")} --help.`;
    throw new UsageError([...problems, help].join(" "));
  }
  return { values, rest: fromFile.rest, notes };
}

/** A file of the fields of a body, or one that is the whole body. */
async function readBodyFile(
  operation: ApiOperation,
  file: string,
  readBody: (file: string) => Promise<string>,
): Promise<{ values: Values; rest: Record<string, unknown> }> {
  const whole = operation.inputs.find(({ target }) => target === "content");
  if (whole?.kind === "file") return { values: { [whole.name]: file }, rest: {} };
  const body = parseBody(await readBody(file), file);
  return whole ? { values: { [whole.name]: body }, rest: {} } : splitBody(operation, body);
}

function typedValues(
  { inputs }: ApiOperation,
  positionals: readonly (string | undefined)[],
  flags: Readonly<Record<string, unknown>>,
): Values {
  const values: Record<string, unknown> = {};
  for (const [index, input] of inputs.filter(isPositional).entries()) {
    const text = positionals[index];
    if (text !== undefined) values[input.name] = readText(input, text);
  }
  for (const input of inputs.filter((each) => !isPositional(each) && each.target !== "content")) {
    const given = flags[keyOf(input)];
    if (given === undefined) continue;
    values[input.name] = readFlag(input, given);
  }
  return values;
}

/** Commander gives `true` for a bare flag and `false` for a `--no-` one, else every text that came. */
function readFlag(input: Input, given: unknown): unknown {
  if (given === false) return input.nullable ? null : false;
  if (!Array.isArray(given)) return given;
  const texts = given as string[];
  if (input.list) return texts.flatMap((text) => readText(input, text));
  if (texts.length > 1) throw new UsageError(`${labelOf(input)} can be given once.`);
  return readText(input, texts[0] ?? "");
}

function readText(input: Input, text: string): unknown {
  const { value, problem } = parseText(input, text);
  if (problem !== undefined) throw new UsageError(`${labelOf(input)}: ${problem}.`);
  return value;
}

function parseBody(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} holds no JSON: ${(cause as Error).message}.`, { cause });
  }
}

/** Readers for files and for standard input, which can be read once only. */
export function fileReaders({ stdin }: Pick<Terminal, "stdin">): FileReaders & {
  readBody: (file: string) => Promise<string>;
} {
  let isTaken = false;
  const readStdin = async () => {
    if (isTaken) throw new UsageError("Standard input (-) can be read once.");
    isTaken = true;
    return buffer(stdin);
  };
  return {
    readBody: async (file) => String(await (file === "-" ? readStdin() : readBytes(file))),
    readImage: async (path) => (path === "-" ? toImageDataUrl(await readStdin()) : readImage(path)),
    readFile: async (path) => (path === "-" ? new Blob([await readStdin()]) : openFile(path)),
  };
}
