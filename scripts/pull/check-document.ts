import { InputError } from "../lib/input-error.js";
import type { PageReport } from "./page-report.js";

interface DocumentChoice {
  /** The chosen document, if any: `/v2.json`. */
  document?: string | undefined;
  /** The user's command, to be repeated with `--document`. */
  command: string;
}

/**
 * Checks that all pages belong to one document, or that one was chosen. A site may publish several
 * (`/v1.json`, `/v2.json`): different APIs, or different versions of one. Fragments of both
 * together make neither.
 *
 * @throws {InputError} with the documents and their numbers of pages, if there are several and none
 *   was chosen, or if no page belongs to the chosen one.
 */
export function checkDocument(pages: readonly PageReport[], choice: DocumentChoice): void {
  const { document, command } = choice;
  const counts = new Map<string, number>();
  for (const name of pages.flatMap((page) => page.documents)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (document !== undefined && !counts.has(document)) {
    const known = counts.size > 0 ? `they name ${[...counts.keys()].join(", ")}` : "they name none";
    throw new InputError(`no page carries a fragment of ${document}: ${known}`);
  }
  if (document !== undefined || counts.size <= 1) return;
  const width = Math.max(...[...counts.keys()].map((name) => name.length));
  const [[example] = [""]] = [...counts].sort(([, a], [, b]) => b - a);
  throw new InputError(
    [
      `the pages carry fragments of ${counts.size} documents; choose one of them:`,
      ...[...counts].map(
        ([name, count]) => `  ${name.padEnd(width)}  ${count} ${count === 1 ? "page" : "pages"}`,
      ),
      `for example: ${command} --document ${example}`,
    ].join("\n"),
  );
}
