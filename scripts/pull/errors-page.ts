import type { DocsPage } from "./docs.js";

/** One error, as listed on the docs' errors page. */
export interface ErrorRow {
  code: string;
  /** HTTP status. */
  status: number;
  /** The page's own description of the cause, if it has one. */
  meaning?: string;
}

/** Whether a page is the list of error codes, judging by its address or file name. */
export function isErrorsPage({ address, location }: DocsPage): boolean {
  const name = /(?:^|[/\\])(?:errors|error-codes)(?:\.(?:mdx?|txt))?(?:\?|$)/;
  return name.test(address) || name.test(location);
}

const CODE = /^[A-Z][A-Z0-9_]*$/;
const STATUS = /^[45]\d\d$/;

/**
 * Reads the error codes from a docs page: from the rows of its Markdown tables, with the columns in
 * any order, or from the lines of a page saved as text, where the cells of a row run together
 * (`400VALIDATION_ERRORRequest payload failed`).
 *
 * @param knownCodes where cells run together, a known code is recognised reliably; a new one is
 * recognised by how its cause starts.
 */
export function errorRows(page: string, knownCodes: readonly string[] = []): ErrorRow[] {
  const longestFirst = [...knownCodes].sort((a, b) => b.length - a.length);
  const rows = page.split(/\r\n|\n|\r/).flatMap((line) => {
    return rowOfTable(line) ?? rowOfText(line, longestFirst) ?? [];
  });
  return [...new Map(rows.map((row) => [row.code, row])).values()];
}

function rowOfTable(line: string): ErrorRow | undefined {
  const cells = line.split("|").map((cell) => cell.replaceAll(/[`*\\]/g, "").trim());
  const status = cells.find((cell) => STATUS.test(cell));
  const code = cells.find((cell) => CODE.test(cell) && cell.length > 2);
  if (!status || !code) return undefined;
  const words = cells.filter((cell) => cell !== status && cell !== code && /\s/.test(cell));
  return row(code, status, words[0]);
}

function rowOfText(line: string, knownCodes: readonly string[]): ErrorRow | undefined {
  const [, status, gap, rest] = /^\s*([45]\d\d)(\s*)([A-Z].*)$/.exec(line) ?? [];
  if (status === undefined || rest === undefined) return undefined;
  const code =
    gap === "" ? codeRunIntoCause(rest, knownCodes) : /^[A-Z0-9_]+(?=\s|$)/.exec(rest)?.[0];
  return code === undefined ? undefined : row(code, status, rest.slice(code.length).trim());
}

function row(code: string, status: string, meaning = ""): ErrorRow {
  return { code, status: Number(status), ...(meaning === "" ? {} : { meaning }) };
}

/** How a cause may start: with a capitalised word, an acronym, or nothing. */
const CAUSE = /^(?:[A-Z][a-z]|[A-Z]+\b|\s|$)/;
/** Uppercase words that causes start with; no rule could tell them from the end of a code. */
const CAPITALS_CAUSE = /^([A-Z][A-Z0-9_]*?)(?=(?:API|HTTPS?|URL|JSON|ID|A)\b)/;

function codeRunIntoCause(text: string, knownCodes: readonly string[]): string | undefined {
  const known = knownCodes.find(
    (code) => text.startsWith(code) && CAUSE.test(text.slice(code.length)),
  );
  if (known !== undefined) return known;
  if (CODE.test(text)) return text;
  // The last capital before a lowercase letter belongs to the cause: `NOT_FOUNDRequested`.
  const [beforeWord] = /^[A-Z][A-Z0-9_]*(?=[A-Z][a-z])/.exec(text) ?? [];
  const [, beforeCapitals] = CAPITALS_CAUSE.exec(text) ?? [];
  return beforeWord ?? beforeCapitals;
}
