import { fencedBlocks } from "./fenced-blocks.js";
import { HTTP_METHODS } from "../../src/openapi/methods.js";
import type { SourceText } from "./source-text.js";

/** An OpenAPI fragment as a docs page carries it. */
export interface OpenApiBlock {
  /** The operation that the block's info string announces, method in upper case. */
  method: string;
  path: string;
  /** The fragment's text, located inside its page. */
  source: SourceText;
  /** False where the page ends before the block does. */
  closed: boolean;
}

/**
 * `yaml /openapi.json POST /v2/pikzonality/style`: language, document, method, API path; then
 * whatever a docs generator puts behind, such as `theme={null}`.
 */
const INFO_STRING = new RegExp(
  String.raw`^(?:ya?ml|json)\s+\S+\s+(${HTTP_METHODS.join("|")})\s+(/\S*)(?:\s|$)`,
  "i",
);

/** The OpenAPI fragments of a docs page: its fenced blocks whose info string names an operation. */
export function openApiBlocks(page: SourceText): OpenApiBlock[] {
  return fencedBlocks(page.text).flatMap(({ info, text, lineOffset, closed }) => {
    const [, method, path] = INFO_STRING.exec(info) ?? [];
    if (method === undefined || path === undefined) return [];
    const source = { file: page.file, text, lineOffset: page.lineOffset + lineOffset };
    return [{ method: method.toUpperCase(), path, source, closed }];
  });
}
