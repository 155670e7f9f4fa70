import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { toImageDataUrl } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import type { Terminal } from "../terminal/terminal.js";
import { UsageError } from "../errors.js";
import type { ImageReader } from "./image-values.js";
import type { Input } from "./inputs.js";
import { kebabCase, type ApiOperation } from "./operations.js";
import { problemsWith, splitBody, type Label, type Values } from "./request.js";
import { parseText } from "./values.js";

/** Ids, then the prompt: what is typed without a flag. */
export function isPositional({ target, name, list }: Input): boolean {
  return target === "path" || (target === "body" && name === "prompt" && !list);
}

const labelOf: Label = (input) =>
  isPositional(input) ? `<${input.name}>` : `--${kebabCase(input.name)}`;

/**
 * The values that arguments, flags and `--body` give together; flags outdo the file.
 *
 * @throws {UsageError} Naming everything that the spec has against them.
 */
export async function readGiven(
  operation: ApiOperation,
  positionals: readonly (string | undefined)[],
  flags: Readonly<Record<string, unknown>>,
  readBody: (file: string) => Promise<string>,
): Promise<{ values: Values; rest: Record<string, unknown> }> {
  const file = flags["body"];
  const fromFile =
    typeof file === "string"
      ? splitBody(operation, parseBody(await readBody(file), file))
      : { values: {}, rest: {} };
  const values = { ...fromFile.values, ...typedValues(operation, positionals, flags) };
  const unknown = operation.isClosed ? Object.keys(fromFile.rest) : [];
  const problems = [
    ...unknown.map((name) => `${name} is no field of the body.`),
    ...problemsWith(operation, values, labelOf),
  ];
  if (problems.length > 0) throw new UsageError(problems.join(" "));
  return { values, rest: fromFile.rest };
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
  for (const input of inputs.filter((each) => !isPositional(each))) {
    const given = flags[input.name];
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

/** Readers for files, and for standard input as often as one can read that: once. */
export function fileReaders({ stdin }: Pick<Terminal, "stdin">): {
  readBody: (file: string) => Promise<string>;
  readImage: ImageReader;
} {
  let isTaken = false;
  const readStdin = async (): Promise<Buffer> => {
    if (isTaken) throw new UsageError("Standard input (-) can be read once.");
    isTaken = true;
    return buffer(stdin);
  };
  return {
    async readBody(file) {
      if (file === "-") return (await readStdin()).toString("utf8");
      try {
        return await readFile(file, "utf8");
      } catch (cause) {
        const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
        throw new UsageError(`${file} cannot be read (${code}).`, { cause });
      }
    },
    readImage: async (path) => (path === "-" ? toImageDataUrl(await readStdin()) : readImage(path)),
  };
}
