import { existsSync } from "node:fs";
import { join } from "node:path";
import { endingOf } from "../operations/media-types.js";
import { UsageError } from "../errors.js";
import type { Row } from "./rows.js";

/**
 * Names the pictures of rows after a pattern, in which `{id}`, `{line}`, `{operation}` and every
 * input of the operation are replaced by their values. No two rows get the same name.
 */
export class OutputNames {
  readonly #folder: string;
  readonly #pattern: string;
  /** The names of rows whose pictures are not there yet. */
  readonly #pending = new Set<string>();

  constructor(folder: string, pattern: string) {
    this.#folder = folder;
    this.#pattern = pattern;
  }

  /** @throws {UsageError} If the pattern names something that a row does not have. */
  check(row: Row): void {
    this.#fill("", row);
  }

  /** The name, without an ending, of a row's pictures. */
  reserve(id: string, row: Row): string {
    const name = this.#fill(id, row);
    const unique = this.#isTaken(name, row.operation.answerType) ? `${name}-${fileName(id)}` : name;
    this.#pending.add(unique);
    return unique;
  }

  /** The pictures with this name exist, or never will. */
  release(name: string): void {
    this.#pending.delete(name);
  }

  #fill(id: string, row: Row): string {
    const filled = this.#pattern.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
      valueOf(key, id, row),
    );
    return fileName(filled);
  }

  #isTaken(name: string, answerType: string): boolean {
    const exists = (type: string) => existsSync(join(this.#folder, `${name}${endingOf(type)}`));
    return this.#pending.has(name) || [answerType, ...PICTURES].some(exists);
  }
}

/** The media types of the API's pictures. */
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];

function valueOf(key: string, id: string, { line, operation, values }: Row): string {
  if (key === "id") return id;
  if (key === "line") return String(line);
  if (key === "operation") return operation.words.join("-");
  const input = operation.inputs.find(({ name }) => name === key);
  if (!input) throw new UsageError(`--name: ${operation.name} has no ${key}.`);
  const value = values[key] ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Keeps letters and digits of any script, `.`, `_` and `-`; at most 100 characters, never hidden
 * and never a parent folder.
 */
export function fileName(text: string): string {
  const name = text.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replaceAll(/^[.-]+|-+$/g, "");
  return Array.from(name).slice(0, 100).join("") || "row";
}
