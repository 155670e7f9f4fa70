import { load, YAMLException } from "js-yaml";
import { InputError } from "./input-error.js";
import { hasDuplicateKeys } from "./json-duplicate-keys.js";
import type { SourceText } from "./source-text.js";

/**
 * YAML aliases let a kilobyte of text stand for gigabytes of document ("billion laughs").
 * Published OpenAPI documents hardly use them, so a low bound costs nobody anything.
 */
const MAX_ALIASES = 100;

/**
 * Parses a YAML or JSON document, fast: positions are worked out by `locate` only when something
 * is wrong. JSON text takes JSON.parse, which is many times faster than any YAML parser.
 *
 * @throws {InputError} with file, line and column: a syntax error, a duplicate key, too many aliases.
 */
export function parseDocument(source: SourceText): unknown {
  return parseAsJson(source.text) ?? parseAsYaml(source);
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

function parseAsYaml(source: SourceText): unknown {
  try {
    return load(source.text, { maxAliases: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    const position = mark && {
      line: mark.line + 1 + source.lineOffset,
      column: mark.column + 1,
    };
    throw InputError.at(source.file, position, `not valid YAML or JSON: ${reason}`);
  }
}
