import { arrivalsNote } from "./arrivals.js";

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

/** The order of the table; any other environment comes last. */
const order = ["Node.js", "TypeScript", "Chromium", "Bun", "Deno"];

/** Sorts what the tests have covered, in any order, into the order of the table. */
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

/** The table of everything that the consumer tests have covered, one line for each environment. */
export function testedWithTable(rows: readonly TestedWith[]): string {
  const lines = new Map<string, { environment: string; ways: string; versions: string[] }>();
  for (const { environment, version, ways } of rows) {
    const line = { environment, ways: ways.join(", "), versions: [] };
    const name = `${environment} ${line.ways}`;
    lines
      .set(name, lines.get(name) ?? line)
      .get(name)
      ?.versions.push(version);
  }
  return [
    "| tested with | version | how |",
    "| --- | --- | --- |",
    ...[...lines.values()].map(
      ({ environment, ways, versions }) =>
        `| ${environment} | ${versions.join(", ")} | ${ways}${arrivalsNote(environment)} |`,
    ),
  ].join("\n");
}
