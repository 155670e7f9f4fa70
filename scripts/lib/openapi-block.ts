import { fencedBlocks } from "./fenced-blocks.js";
import type { SourceText } from "./source-text.js";

/** An OpenAPI fragment as a docs page carries it. */
export interface OpenApiBlock {
  /** The operation that the block's info string announces, method in upper case. */
  method: string;
  path: string;
  /** The fragment's text, located inside its page. */
  source: SourceText;
}

/** `yaml /openapi.json POST /v2/pikzonality/style`: language, document, method, API path. */
const INFO_STRING =
  /^(?:ya?ml|json)\s+\S+\.(?:json|ya?ml)\s+(get|put|post|delete|options|head|patch|trace)\s+(\/\S*)$/i;

/** The OpenAPI fragments of a docs page: its fenced blocks whose info string names an operation. */
export function openApiBlocks(page: SourceText): OpenApiBlock[] {
  return fencedBlocks(page.text).flatMap(({ info, text, lineOffset }) => {
    const [, method, path] = INFO_STRING.exec(info) ?? [];
    if (method === undefined || path === undefined) return [];
    const source = { file: page.file, text, lineOffset: page.lineOffset + lineOffset };
    return [{ method: method.toUpperCase(), path, source }];
  });
}
