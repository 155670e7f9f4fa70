import { format } from "prettier";
import { InputError } from "../lib/input-error.js";

/** One thing that a consumer test has covered. */
export interface Tested {
  /** `Node.js`, `TypeScript`, … */
  environment: string;
  version: string;
  /** `import`, `moduleResolution nodenext`, …, as Markdown. */
  way: string;
}

/** A row of the table: everything that was covered with one version. */
export interface TestedWith {
  environment: string;
  version: string;
  ways: string[];
}

/** The order of the table; what is not named here comes last. */
const order = ["Node.js", "TypeScript", "Chromium", "Bun", "Deno"];

/** Brings what the tests have covered, in whatever order they ran, into that of the table. */
export function rowsOf(tested: readonly Tested[]): TestedWith[] {
  const rows = new Map<string, TestedWith>();
  for (const { environment, version, way } of tested) {
    const name = `${environment} ${version}`;
    const row = rows.get(name) ?? { environment, version, ways: [] };
    rows.set(name, { ...row, ways: [...new Set([...row.ways, way])].sort() });
  }
  return [...rows.values()].sort(
    (a, b) => rank(a) - rank(b) || a.version.localeCompare(b.version, "en", { numeric: true }),
  );
}

function rank({ environment }: TestedWith): number {
  const place = order.indexOf(environment);
  return place === -1 ? order.length : place;
}

const start = "<!-- tested-with: written by npm run tested-with from docs/tested-with.json -->";
const end = "<!-- /tested-with -->";

/**
 * Writes the table into a page, between its two markers.
 *
 * @throws {InputError} Where the page has no such place.
 */
export async function withTable(page: string, rows: readonly TestedWith[]): Promise<string> {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new InputError(`README.md: has no ${start} … ${end}`);
  const table = await format(
    [
      "| tested with | version | how |",
      "| --- | --- | --- |",
      ...rows.map(
        ({ environment, version, ways }) => `| ${environment} | ${version} | ${ways.join(", ")} |`,
      ),
    ].join("\n"),
    { parser: "markdown" },
  );
  return `${page.slice(0, from)}${start}\n\n${table}\n${page.slice(to)}`;
}
