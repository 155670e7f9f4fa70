import { InputError } from "../lib/input-error.js";
import { printable } from "../lib/printable.js";
import { shownAddress } from "../lib/shown-address.js";
import type { SkippedLink } from "./docs.js";
import { errorDifferences } from "./error-differences.js";
import { isErrorsPage } from "./errors-page.js";
import type { PageReport } from "./page-report.js";
import type { PullResult } from "./pull-pages.js";
import type { WrittenFragments } from "./write-fragments.js";

/** The result of one page, for the progress: `https://…/create-style.md: 1 fragment`. */
export function pageLine({ page, fragments, errorRows, problems }: PageReport): string {
  const found = [
    fragments.length > 0 && count(fragments.length, "fragment"),
    errorRows.length > 0 && count(errorRows.length, "error code"),
    problems.length > 0 && count(problems.length, "problem"),
  ].filter((part) => part !== false);
  return `${page.location}: ${found.join(", ") || "no fragment"}`;
}

/** What a pull did: one line per fragment, then the totals. */
export function summary(pulled: PullResult, { written }: WrittenFragments): string[] {
  const width = Math.max(...written.map(({ fragment }) => fragment.fileName.length));
  const rows = written.map(
    ({ fragment, change }) =>
      `${change.padEnd("unchanged".length)}  ${fragment.fileName.padEnd(width)}  ${fragment.page}`,
  );
  const changes = (["new", "changed", "unchanged"] as const).map(
    (kind) => `${written.filter(({ change }) => change === kind).length} ${kind}`,
  );
  const without = pulled.pages.filter(
    ({ fragments, problems }) => fragments.length === 0 && problems.length === 0,
  );
  return [
    ...rows,
    `${count(written.length, "fragment")} from ${count(pulled.pages.length, "page")}: ${changes.join(", ")}; ${count(without.length, "page")} without a fragment`,
  ];
}

/** Things that are not wrong, but worth a look. */
export function warnings(
  { pages, problems, skippedLinks }: PullResult,
  { notPulled }: WrittenFragments,
  catalogue: ReadonlyMap<string, number>,
): string[] {
  // A fragment may be missing only because its page is one of the bad ones.
  const gone = problems.length > 0 ? [] : notPulled;
  return [
    ...skippedLinks.map(skipped),
    ...gone.map((file) => `${file} was published once, but none of these pages carries it`),
    ...pages.flatMap((page) => errorWarnings(page, catalogue)),
  ].map((line) => `warning: ${line}`);
}

function errorWarnings(
  { page, errorRows, problems }: PageReport,
  catalogue: ReadonlyMap<string, number>,
): string[] {
  if (!isErrorsPage(page) || problems.length > 0 || catalogue.size === 0) return [];
  if (errorRows.length === 0)
    return [`${page.location}: lists no error codes in a form known here`];
  return errorDifferences(errorRows, catalogue).map((difference) => `errors.yaml ${difference}`);
}

function skipped({ link, reason }: SkippedLink): string {
  return `skipped ${shownAddress(link)}: ${reason}`;
}

/** The error of a pull that found no fragment at all, with everything that may explain it. */
export function nothingUsable(index: string, { pages, problems, skippedLinks }: PullResult) {
  const read = count(pages.length, "page");
  const verdict = `${shownAddress(index)}: no usable OpenAPI fragment on ${read}; nothing was written`;
  const lines = [...skippedLinks.map(skipped), ...problems, verdict];
  return new InputError(lines.map(printable).join("\n"));
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
