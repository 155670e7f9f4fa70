import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { fencedBlocks, type FencedBlock } from "./fenced-blocks.js";
import type { SourceText } from "./source-text.js";

/** What a block contains, according to its info string. */
export type Announced =
  | { kind: "operation"; /** In upper case. */ method: string; path: string }
  | { kind: "webhook"; name: string };

/** An OpenAPI fragment on a docs page. */
export interface OpenApiBlock {
  announced: Announced;
  /** The fragment's text, with its position in the page. */
  source: SourceText;
  /** False if the page ends before the block does. */
  closed: boolean;
}

/** A block that holds an OpenAPI document, but whose info string announces no operation. */
export interface UnannouncedBlock {
  info: string;
  source: SourceText;
}

/** The OpenAPI blocks of a docs page. */
export interface OpenApiBlocks {
  announced: OpenApiBlock[];
  unannounced: UnannouncedBlock[];
}

/**
 * `yaml /openapi.json POST /v2/pikzonality/style`: language, document, method, path; then anything
 * a docs generator adds, such as `theme={null}`. Many sites omit the document.
 */
const OPERATION = new RegExp(
  String.raw`^(?:ya?ml|json)\s+(?:(\S+)\s+)?(${HTTP_METHODS.join("|")})\s+(/\S*)(?:\s|$)`,
  "i",
);
/** `yaml /openapi.json webhook order.created` */
const WEBHOOK = /^(?:ya?ml|json)\s+(?:(\S+)\s+)?webhook\s+(\S+)(?:\s|$)/i;

/** Top-level fields of an OpenAPI document, in YAML or JSON, at any indentation. */
const OPENAPI_FIELD = /^[ \t{]*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m;
const PATHS_FIELD = /^[ \t]*(?:paths|webhooks)\s*:|"(?:paths|webhooks)"\s*:/m;

/** Finds the blocks of a docs page that hold an OpenAPI document. */
export function openApiBlocks(page: SourceText): OpenApiBlocks {
  const blocks: OpenApiBlocks = { announced: [], unannounced: [] };
  for (const block of fencedBlocks(page.text)) {
    const found = readInfoString(unescaped(block.info));
    const source = sourceOf(block, page, found?.document);
    if (found) blocks.announced.push({ ...found, source, closed: block.closed });
    else if (OPENAPI_FIELD.test(block.text) && PATHS_FIELD.test(block.text))
      blocks.unannounced.push({ info: block.info, source });
  }
  return blocks;
}

const NAMED_CHARACTERS: Record<string, string> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', sol: "/", lbrace: "{", lcub: "{" },
  ...{ rbrace: "}", rcub: "}" },
};

/**
 * An info string as Markdown reads it, with character references and backslash escapes resolved
 * (CommonMark 0.31, sections 2.4 and 2.5). Generators escape the braces of a path this way.
 */
function unescaped(info: string): string {
  return info
    .replaceAll(/&(?:#x([\da-f]{1,5})|#(\d{1,6})|([a-z]+));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return NAMED_CHARACTERS[String(name)] ?? whole;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(String(hex), 16));
    })
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}

function readInfoString(info: string): { announced: Announced; document?: string } | undefined {
  const [isOperation, ofOperation, method = "", path = ""] = OPERATION.exec(info) ?? [];
  if (isOperation !== undefined) {
    const announced = { kind: "operation" as const, method: method.toUpperCase(), path };
    return { announced, ...documentField(ofOperation) };
  }
  const [isWebhook, ofWebhook, name = ""] = WEBHOOK.exec(info) ?? [];
  if (isWebhook === undefined) return undefined;
  return { announced: { kind: "webhook", name }, ...documentField(ofWebhook) };
}

function documentField(document: string | undefined) {
  return document === undefined ? {} : { document: withSlash(document) };
}

/** Pages of the same site write the document both with and without the leading slash. */
export function withSlash(document: string): string {
  return document.replace(/^(?!\/|\w+:)/, "/");
}

function sourceOf(block: FencedBlock, page: SourceText, document?: string): SourceText {
  return {
    file: page.file,
    text: block.text,
    lineOffset: page.lineOffset + block.lineOffset,
    ...(document === undefined ? {} : { document }),
  };
}

/** The operation or webhook as messages call it: `GET /a`, `webhook order.created`. */
export function announcedTitle(announced: Announced): string {
  return announced.kind === "operation"
    ? `${announced.method} ${announced.path}`
    : `webhook ${announced.name}`;
}
