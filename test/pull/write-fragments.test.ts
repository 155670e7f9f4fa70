import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import type { PulledFragment } from "../../scripts/pull/page-report.js";
import { writeFragments } from "../../scripts/pull/write-fragments.js";
import { fragment } from "./fragment-page.js";
import { temporaryFolder } from "./temporary-folder.js";

const DAY = "2026-11-22";
const LATER = "2026-12-24";

/** A pulled fragment whose text and document match. */
function pulled(name: string, text: string, page = `https://example.com/${name}`): PulledFragment {
  const source = { file: `${page}.md`, text, lineOffset: 3 };
  const document = parseDocument(source) as Record<string, unknown>;
  return {
    announced: { kind: "operation", method: "GET", path: `/${name}` },
    source,
    closed: true,
    page,
    fileName: `get_${name}.yaml`,
    document,
  };
}

const yaml = (title: string) => `# kept\nopenapi: 3.0.3\ninfo: {title: ${title}, version: "1"}\n`;

async function setUp(sources?: string) {
  const root = await temporaryFolder(sources === undefined ? {} : { "sources.yaml": sources });
  const read = (file: string) => readFile(join(root, file), "utf8");
  return { root, out: join(root, "fragments"), read };
}

describe("a first pull", () => {
  test("writes each fragment verbatim and records where it came from", async () => {
    const { out, read } = await setUp();
    const { written, notPulled } = await writeFragments(
      [pulled("b", yaml("B")), pulled("a", yaml("A"))],
      out,
      DAY,
    );
    expect(written.map(({ change }) => change)).toEqual(["new", "new"]);
    expect(notPulled).toEqual([]);
    expect(await read("fragments/get_a.yaml")).toBe(yaml("A"));
    expect(await read("sources.yaml")).toBe(
      [
        "# Where each fragment came from. `npm run pull` writes the entries of the pages it reads.",
        "fragments:",
        "  get_a.yaml:",
        "    page: https://example.com/a",
        '    date: "2026-11-22"',
        "    kind: verbatim",
        "  get_b.yaml:",
        "    page: https://example.com/b",
        '    date: "2026-11-22"',
        "    kind: verbatim",
        "",
      ].join("\n"),
    );
  });

  test("gives the same files whatever the order of the fragments", async () => {
    const fragments = ["a", "b", "c"].map((name) => pulled(name, yaml(name)));
    const [one, other] = [await setUp(), await setUp()];
    await writeFragments(fragments, one.out, DAY);
    await writeFragments(fragments.toReversed(), other.out, DAY);
    expect(await one.read("sources.yaml")).toBe(await other.read("sources.yaml"));
  });

  test("writes a JSON block as equivalent YAML", async () => {
    const document = fragment("GET", "/a", {
      info: { title: "no", version: "2026-11-22", description: "two\nlines: \t# 1\n" },
    });
    const { out, read } = await setUp();
    await writeFragments([pulled("a", JSON.stringify(document))], out, DAY);
    const text = await read("fragments/get_a.yaml");
    expect(text).toMatch(/^openapi: 3\.0\.3\n/);
    expect(parseDocument({ file: "", text, lineOffset: 0 })).toEqual(document);
  });
});

describe("a later pull", () => {
  test("of the same pages changes nothing, not even the date", async () => {
    const { out, root, read } = await setUp();
    await writeFragments([pulled("a", yaml("A"))], out, DAY);
    const before = [await read("sources.yaml"), (await stat(join(out, "get_a.yaml"))).mtimeMs];
    const { written } = await writeFragments([pulled("a", yaml("A"))], out, LATER);
    expect(written[0]?.change).toBe("unchanged");
    expect([await read("sources.yaml"), (await stat(join(out, "get_a.yaml"))).mtimeMs]).toEqual(
      before,
    );
    expect((await readdir(root)).sort()).toEqual(["fragments", "sources.yaml"]);
  });

  test("updates the text and date of what changed, and nothing else", async () => {
    const { out, read } = await setUp();
    await writeFragments([pulled("a", yaml("A")), pulled("b", yaml("B"))], out, DAY);
    const { written } = await writeFragments(
      [pulled("a", yaml("A")), pulled("b", yaml("B2"))],
      out,
      LATER,
    );
    expect(written.map(({ change }) => change)).toEqual(["unchanged", "changed"]);
    expect(await read("fragments/get_b.yaml")).toBe(yaml("B2"));
    expect(
      parseDocument({ file: "", text: await read("sources.yaml"), lineOffset: 0 }),
    ).toMatchObject({
      fragments: { "get_a.yaml": { date: DAY }, "get_b.yaml": { date: LATER } },
    });
  });

  test("from a folder without addresses keeps the known address", async () => {
    const { out, read } = await setUp();
    await writeFragments([pulled("a", yaml("A"))], out, DAY);
    const before = await read("sources.yaml");
    await writeFragments([pulled("a", yaml("A"), "a.md")], out, LATER);
    expect(await read("sources.yaml")).toBe(before);
  });

  test("names the published fragments that no page has any more, and keeps them", async () => {
    const { out, read } = await setUp();
    await writeFragments([pulled("a", yaml("A")), pulled("b", yaml("B"))], out, DAY);
    const { notPulled } = await writeFragments([pulled("b", yaml("B"))], out, LATER);
    expect(notPulled).toEqual(["get_a.yaml"]);
    expect(await read("fragments/get_a.yaml")).toBe(yaml("A"));
  });
});

describe("sources.yaml", () => {
  const TRANSCRIBED = `# Kept by hand.
fragments:
  # about a
  get_a.yaml:
    page: https://example.com/a
    date: "2026-01-01"
    kind: transcribed
    confidence: older
    unconfirmed:
      - everything
  get_c.yaml:
    page: null # not known yet
    date: "2026-01-01"
    kind: transcribed
    unconfirmed:
      - >-
        a long line that was folded by hand because it would otherwise have become much too long to
        read
`;

  test("turns a transcribed entry into a verbatim one and leaves the others unchanged", async () => {
    const { out, read } = await setUp(TRANSCRIBED);
    await writeFragments([pulled("b", yaml("B")), pulled("a", yaml("A"))], out, DAY);
    const [before = "", entryOfC = ""] = TRANSCRIBED.split(/^(?= {2}get_c)/m);
    expect(await read("sources.yaml")).toBe(
      [
        before.replace("2026-01-01", DAY).replace(/kind: transcribed[^]*/, "kind: verbatim\n"),
        `  get_b.yaml:\n    page: https://example.com/b\n    date: "${DAY}"\n    kind: verbatim\n`,
        entryOfC,
      ].join(""),
    );
  });

  test("records an unchanged text as verbatim once it has really been pulled", async () => {
    const { out, read } = await setUp(TRANSCRIBED);
    await mkdir(out);
    await writeFile(join(out, "get_a.yaml"), yaml("A"));
    await writeFragments([pulled("a", yaml("A"))], out, DAY);
    expect(await read("sources.yaml")).not.toContain("everything");
  });

  test.each([
    ["fragments: [\n", /sources\.yaml:\d+:\d+: not valid YAML or JSON/],
    ["fragments: none\n", /sources\.yaml:1:1: fragments is not a mapping/],
    ["other: {}\n", /sources\.yaml:1:1: fragments is not a mapping/],
    ["", /sources\.yaml:1:1: not valid YAML or JSON/],
  ])("stops the pull before anything is written if it is %j", async (sources, message) => {
    const { out, root } = await setUp(sources);
    await expect(writeFragments([pulled("a", yaml("A"))], out, DAY)).rejects.toThrow(message);
    expect(await readdir(root)).toEqual(["sources.yaml"]);
  });

  test("is not rewrapped in its committed form when it is written again", async () => {
    const committed = await readFile("spec/sources.yaml", "utf8");
    const { out, read } = await setUp(committed);
    await writeFragments([pulled("zzz", yaml("Z"))], out, DAY);
    const entry = `  get_zzz.yaml:\n    page: https://example.com/zzz\n    date: "${DAY}"\n    kind: verbatim\n`;
    expect((await read("sources.yaml")).replace(entry, "")).toBe(committed);
  });
});

test("an unwritable folder is reported in one clear line", async () => {
  const root = await temporaryFolder({ fragments: "a file, not a folder" });
  await expect(
    writeFragments([pulled("a", yaml("A"))], join(root, "fragments"), DAY),
  ).rejects.toThrow(/get_a\.yaml: cannot be written \((ENOTDIR|EEXIST)\)$/);
});
