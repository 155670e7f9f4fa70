import { load, YAMLException } from "js-yaml";
import { expandedSize } from "./expanded-size.js";
import { InputError } from "./input-error.js";
import { hasDuplicateKeys } from "./json-duplicate-keys.js";
import type { SourceText } from "./source-text.js";

/**
 * YAML aliases let a kilobyte of text stand for gigabytes of document ("billion laughs"), or for
 * one without end. Published OpenAPI documents hardly use them, so low bounds cost nobody anything.
 */
const MAX_ALIASES = 100;
const MAX_EXPANDED_SIZE = 1_000_000;

/** What an alias looks like; Markdown's asterisks may too, which only costs a count. */
const ALIAS = /(?:^|[\s[{,:-])\*[^\s*,[\]{}]+/;

/**
 * Parses a YAML or JSON document, fast: positions are worked out by `locate` only when something
 * is wrong. JSON text takes JSON.parse, which is many times faster than any YAML parser.
 *
 * @throws {InputError} with file, line and column: a syntax error, a duplicate key, too many aliases.
 */
export function parseDocument(source: SourceText): unknown {
  const { text } = source;
  return parseAsJson(text) ?? parseAsYaml(text, source);
}

function parseAsJson(text: string): object | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as object;
    // JSON.parse keeps the last of two equal keys without a word; the YAML parser names the place.
    return hasDuplicateKeys(text, value) ? undefined : value;
  } catch {
    return undefined; // A YAML flow mapping, or broken JSON: the YAML parser says where.
  }
}

function parseAsYaml(text: string, source: SourceText): unknown {
  const value = loadYaml(text, source);
  if (ALIAS.test(text) && expandedSize(value) > Math.max(MAX_EXPANDED_SIZE, text.length)) {
    throw failure(source, undefined, "its YAML aliases stand for more than a document can hold");
  }
  return value;
}

function loadYaml(text: string, source: SourceText): unknown {
  try {
    return load(text, { maxAliases: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw failure(source, error.mark, `not valid YAML or JSON: ${error.reason}`);
  }
}

function failure(
  source: SourceText,
  { line, column } = { line: 0, column: 0 },
  message: string,
): InputError {
  const position = { line: line + 1 + source.lineOffset, column: column + 1 };
  return InputError.at(source.file, position, message);
}
