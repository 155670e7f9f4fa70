import {
  CORE_SCHEMA,
  defineScalarTag,
  floatCoreTag,
  intCoreTag,
  load,
  mergeTag,
  NOT_RESOLVED,
  YAMLException,
} from "js-yaml";
import { InputError } from "./input-error.js";
import { problemsError, type Problem } from "./problem.js";
import type { SourceText } from "./source-text.js";

/**
 * With YAML aliases, a kilobyte of text can expand to gigabytes ("billion laughs"), or without end.
 * Published OpenAPI documents hardly use them, so low limits do no harm.
 */
const MAX_ALIASES = 100;
const MAX_EXPANDED_SIZE = 1_000_000;
const MAX_DEPTH = 100;

/** What an alias looks like. Markdown's asterisks may look the same, which costs only a count. */
const ALIAS = /(?:^|[\s[{,:-])\*[^\s*,[\]{}]+/;
/** What a number outside JSON's range looks like: `.inf`, `.nan`, `1e999`. */
const NON_FINITE = /\.(?:inf|nan)\b|\de\+?\d{3}/i;

/** An integer over 2^53 becomes a bigint: a number would round its last digits. */
const exactIntegerTag = defineScalarTag<number | bigint>(intCoreTag.tagName, {
  ...intCoreTag,
  resolve: (source, isExplicit, tagName) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName);
    return typeof value === "number" && !Number.isSafeInteger(value) ? BigInt(source) : value;
  },
});
/**
 * A number too large for JSON becomes infinite and is refused, instead of becoming a string.
 * `9007199254740993.0` is an integer in JSON Schema.
 */
export const honestFloatTag = defineScalarTag<number | bigint>(floatCoreTag.tagName, {
  ...floatCoreTag,
  resolve: (source, isExplicit, tagName) => {
    const value = floatCoreTag.resolve(source, isExplicit, tagName);
    const [, integer] = /^([-+]?\d+)\.0*$/.exec(source) ?? [];
    if (integer !== undefined && !Number.isSafeInteger(Number(integer))) return BigInt(integer);
    return value === NOT_RESOLVED && /^[-+]?\d+(?:\.\d*)?e\+?\d+$/i.test(source)
      ? Number(source)
      : value;
  },
});
const SCHEMA = CORE_SCHEMA.withTags(exactIntegerTag, honestFloatTag, mergeTag);

/**
 * Parses a YAML or JSON document without losing anything: integers over 2^53 become `bigint`.
 *
 * @throws {InputError} with file, line and column: a syntax error, a duplicate key, a YAML merge
 *   key, a number that JSON cannot represent, or too many aliases.
 */
export function parseDocument(source: SourceText): unknown {
  return parseAsJson(source.text) ?? parseAsYaml(source);
}

/**
 * The value of a JSON text, parsed ten times as fast as YAML. `JSON.parse` silently drops repeated
 * keys and digits, so its value is used only if it prints as the same text again.
 */
function parseAsJson(text: string): object | undefined {
  const [, indent] = /^\{\n?([ \t]*)"/.exec(text) ?? [];
  if (indent === undefined) return undefined;
  try {
    const value = JSON.parse(text) as object;
    const isSame = JSON.stringify(value, null, indent) === text.trimEnd();
    return isSame && depthOf(value) <= MAX_DEPTH ? value : undefined;
  } catch {
    return undefined; // A YAML flow mapping, or invalid JSON: the YAML parser says where.
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let depth = 0;
  for (const inner of Object.values(value)) depth = Math.max(depth, depthOf(inner));
  return depth + 1;
}

function parseAsYaml(source: SourceText): unknown {
  const { text } = source;
  const value = loadYaml(source);
  if (ALIAS.test(text) && expandedSize(value) > Math.max(MAX_EXPANDED_SIZE, text.length)) {
    throw failure(source, undefined, "its YAML aliases stand for more than a document can hold");
  }
  const problems = NON_FINITE.test(text) ? nonFiniteNumbers(value) : [];
  if (problems.length > 0) throw problemsError(source, problems);
  return value;
}

function loadYaml(source: SourceText): unknown {
  try {
    return load(source.text, {
      schema: SCHEMA,
      maxDepth: MAX_DEPTH,
      maxAliases: MAX_ALIASES,
      maxTotalMergeKeys: 0,
    });
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof YAMLException)) {
      throw failure(source, undefined, `not valid YAML or JSON: ${message}`);
    }
    if (error.reason.includes("merge")) {
      const advice = "YAML merge keys (<<) are not read, write out what they stand for";
      throw failure(source, error.mark, advice);
    }
    throw failure(source, error.mark, `not valid YAML or JSON: ${error.reason}`);
  }
}

/**
 * Counts the values of a parsed document as if every YAML alias were expanded: a shared object is
 * walked once and added each time it occurs. `Infinity` if the document contains itself.
 */
function expandedSize(document: unknown): number {
  const sizes = new Map<object, number>();
  const sizeOf = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Infinity); // Reached again before its size is known: it contains itself.
    let size = 1;
    for (const inner of Object.values(value)) size += sizeOf(inner);
    sizes.set(value, size);
    return size;
  };
  return sizeOf(document);
}

function nonFiniteNumbers(value: unknown, path: readonly string[] = []): Problem[] {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return [{ path, message: `${value} is no number of JSON` }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => nonFiniteNumbers(inner, [...path, key]));
}

function failure(
  source: SourceText,
  { line, column } = { line: 0, column: 0 },
  message: string,
): InputError {
  const position = { line: line + 1 + source.lineOffset, column: column + 1 };
  return InputError.at(source.file, position, message);
}
