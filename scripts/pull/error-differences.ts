import type { ErrorRow } from "./errors-page.js";

/**
 * How our error catalogue (code → HTTP status) differs from the published error codes, one line per
 * difference; empty if they agree.
 */
export function errorDifferences(
  published: readonly ErrorRow[],
  catalogue: ReadonlyMap<string, number>,
): string[] {
  const publishedCodes = new Set(published.map(({ code }) => code));
  const newOrOther = published.flatMap(({ code, status }) => {
    const ours = catalogue.get(code);
    if (ours === undefined) return `lacks ${code} (HTTP ${status})`;
    return ours === status ? [] : `has ${code} as HTTP ${ours}, published as HTTP ${status}`;
  });
  const gone = [...catalogue.keys()]
    .filter((code) => !publishedCodes.has(code))
    .map((code) => `has ${code}, which the docs no longer list`);
  return [...newOrOther, ...gone];
}
