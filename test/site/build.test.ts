import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { inflateSync } from "node:zlib";
import { createPikzels } from "pikzels-client";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { buildSite } from "../../scripts/site/build-site.js";

let folder: string;
let site: string;
/** The text of every page, by path. */
const pages = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-site-"));
  site = join(folder, "site");
  await mkdir(site);
  for (const file of [".nojekyll", "from-an-earlier-build.html"])
    await writeFile(join(site, file), "");
  await buildSite(site);
  for (const file of await readdir(site, { recursive: true }))
    if (file.endsWith(".html")) pages.set(file, await readFile(join(site, file), "utf8"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

test("no link within the site is dead, including its heading", async () => {
  const files = new Set(await readdir(site, { recursive: true }));
  const anchors = new Map(
    [...pages].map(([page, text]) => [page, new Set(attributes(text, "id"))] as const),
  );
  const dead: string[] = [];
  for (const [page, text] of pages) {
    for (const link of [...attributes(text, "href"), ...attributes(text, "src")]) {
      if (/^(https?|data):/.test(link)) continue;
      const [path = "", anchor] = link.split("#");
      const [file = ""] = path.split("?");
      const target = file ? posix.join(posix.dirname(page), decodeURIComponent(file)) : page;
      const isThere =
        files.has(target) &&
        (!anchor || (anchors.get(target)?.has(decodeURIComponent(anchor)) ?? true));
      if (!isThere) dead.push(`${page} → ${link}`);
    }
  }
  expect(pages.size).toBeGreaterThan(100);
  expect(dead).toEqual([]);
});

describe("every export has a page", () => {
  const entries = ["index", "node/index", "emulator/index", "redis/index"];
  const program = ts.createProgram(
    entries.map((entry) => `src/${entry}.ts`),
    compilerOptions(),
  );
  const checker = program.getTypeChecker();

  test.each(entries)("src/%s.ts", (entry) => {
    const source = program.getSourceFile(`src/${entry}.ts`);
    const module = source && checker.getSymbolAtLocation(source);
    const exported = module ? checker.getExportsOfModule(module) : [];
    const name = entry === "index" ? "pikzels-client" : `pikzels-client_${posix.dirname(entry)}`;
    const shown = [...pages.keys()].map((page) => posix.basename(page, ".html"));
    expect(exported.length).toBeGreaterThan(3);
    expect(
      exported.map((one) => `${name}.${one.name}`).filter((page) => !shown.includes(page)),
    ).toEqual([]);
  });
});

test("every guide and example has a page under its name, and the README is the front page", async () => {
  expect(pages.get("index.html")).toContain("never pays twice");
  const titles = (await readdir("docs"))
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .map((file) => `${file.replace(".md", "").replaceAll("-", "_")}.html`.toLowerCase());
  const documents = [...pages.keys()].map((page) => posix.basename(page).toLowerCase());
  const hasPage = (title: string) =>
    ["guides", "maintaining"].some((group) => documents.includes(`${group}.${title}`));
  // The page of error codes has a different name from its file, and a group's overview has the
  // group's name.
  const others = titles.filter((title) => !hasPage(title));
  expect(others).toEqual(["errors.html", "maintaining.html"]);
  for (const example of await readdir("examples"))
    if (example !== "README.md") expect(documents).toContain(`examples.${example}.html`);
});

test("the page of an example starts with what it shows, followed by its main file", () => {
  const page = pages.get("documents/Examples.graceful-stop.html") ?? "";
  const [summary, main, other] = [
    "on SIGTERM finishes what it has sent",
    'id="maints"',
    'id="journalts"',
  ].map((text) => page.indexOf(text));
  expect(summary).toBeGreaterThan(0);
  expect(main).toBeGreaterThan(summary ?? Infinity);
  expect(other).toBeGreaterThan(main ?? Infinity);
});

test("every client method can be linked to and found by the search", async () => {
  const client = pages.get("interfaces/pikzels-client.Pikzels.html") ?? "";
  const surface = createPikzels({ apiKey: "pkz_site" });
  const methods = Object.entries<object>({ ...surface }).flatMap(([group, members]) =>
    typeof members === "object" && group !== "api"
      ? Object.keys(members).map((method) => `${group}.${method}`)
      : [group],
  );
  const anchors = attributes(client, "id");
  expect(methods).toContain("thumbnails.fromText");
  expect(methods.filter((name) => !anchors.includes(name.replace(".", "").toLowerCase()))).toEqual(
    [],
  );
  const index = /"(.+)"/.exec(await readFile(join(site, "assets/search.js"), "utf8"))?.[1] ?? "";
  const { rows } = JSON.parse(inflateSync(Buffer.from(index, "base64")).toString()) as {
    rows: { name: string }[];
  };
  const found = rows.map(({ name }) => name);
  expect(methods.filter((name) => !found.includes(name))).toEqual([]);
});

test("the site is replaced as a whole, and leaves nothing beside it", async () => {
  expect([...pages.keys()]).not.toContain("from-an-earlier-build.html");
  expect(await readdir(folder)).toEqual(["site"]);
});

test("the site never replaces a folder that contains anything else", async () => {
  const other = join(folder, "other");
  await mkdir(other);
  await writeFile(join(other, "mine.txt"), "mine");
  await expect(buildSite(other)).rejects.toThrow(/holds something else than a site/);
  await expect(buildSite(join(other, "mine.txt"))).rejects.toThrow(/is not a folder/);
  expect(await readFile(join(other, "mine.txt"), "utf8")).toBe("mine");
  await rm(other, { recursive: true });
});

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value = ""]) =>
    value.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"'),
  );
}

test("llms.txt lists every page of the navigation, and each exists as Markdown", async () => {
  const index = await readFile(join(site, "llms.txt"), "utf8");
  const listed = [...index.matchAll(/^- \[.+?\]\((.+?)\)(?:: .+)?$/gm)].map(
    ([, path = ""]) => path,
  );
  expect(index).toMatch(/^# pikzels-client\n\n> The typed client/);
  expect(listed).toEqual(expect.arrayContaining(["AGENTS.md", "docs/retries-and-money.md"]));
  expect(index).toMatch(/^- \[Images\]\(docs\/images.md\): what goes in/m);
  const [forUsers = "", optional] = index.split("\n## Optional\n");
  expect(optional).toContain("CONTRIBUTING.md");
  expect(forUsers).not.toContain("CONTRIBUTING.md");
  for (const path of listed)
    expect(await readFile(join(site, path), "utf8"), path).not.toMatch(/^---/);
});
