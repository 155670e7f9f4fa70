import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runPull } from "../../scripts/pull/run-pull.js";
import { fragmentPage } from "./fragment-page.js";
import { PUBLISHED, publishedBlock } from "./published-pages.js";
import { redirectTo, startSite } from "./site.js";
import { temporaryFolder } from "./temporary-folder.js";

/**
 * Runs a pull and returns what it writes to its two streams, which are captured only while it runs.
 */
async function pull(index: string, out: string) {
  let [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  try {
    return { exit: await runPull({ index, out }), stdout, stderr };
  } finally {
    vi.restoreAllMocks();
  }
}

/** Runs `npm run pull` as a user does, in a process of its own. */
async function spawnPull(...argv: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/pull.ts", ...argv]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exit, stdout, stderr };
}

test("pull reads the saved pages, says what it did, and finds nothing to do the second time", async () => {
  const root = await temporaryFolder();
  const first = await pull("test/fixtures/docs", join(root, "fragments"));
  expect(first.exit).toBe(0);
  expect(first.stdout).toMatch(
    /^new +post_v2_pikzonality_style\.yaml +https:\/\/docs\.pikzels\.com\/pikzonalities\/create-style$/m,
  );
  expect(first.stdout).toContain(
    "2 fragments from 3 pages: 2 new, 0 changed, 0 unchanged; 1 page without a fragment\n",
  );
  expect(first.stderr).toContain("errors.txt: 31 error codes");

  const second = await pull("test/fixtures/docs", join(root, "fragments"));
  expect(second.exit).toBe(0);
  expect(second.stdout).toContain("0 new, 0 changed, 2 unchanged");
  for (const [page, name] of PUBLISHED) {
    expect(await readFile(join(root, "fragments", name), "utf8")).toBe(await publishedBlock(page));
  }
});

test("pull writes the good pages, names the bad ones, and exits with 1", async () => {
  const site = await startSite({
    "/good.md": fragmentPage("GET", "/good"),
    "/plain.md": "# No block",
    "/bad.md": fragmentPage("GET", "/bad", "openapi: 4.0.0"),
  });
  const root = await temporaryFolder();
  const out = join(root, "fragments");
  const { exit, stdout, stderr } = await pull(site.index, out);
  expect(exit).toBe(1);
  expect(await readdir(out)).toEqual(["get_good.yaml"]);
  expect(stdout).toContain(
    "1 fragment from 3 pages: 1 new, 0 changed, 0 unchanged; 1 page without a fragment",
  );
  expect(stderr).toContain(`[3/3]`);
  expect(stderr).toMatch(
    new RegExp(`^${site.origin}/bad\\.md:4:1: .*OpenAPI 3\\.0, 3\\.1 and 3\\.2 can be read`, "m"),
  );
});

test("pull warns about error codes that the catalogue lacks, without failing", async () => {
  const site = await startSite({
    "/good.md": fragmentPage("GET", "/good"),
    "/errors.md": "| 400 | `OLD` | - |\n| 418 | `TEAPOT` | Brewing |",
    "/logo.svg": "",
  });
  const root = await temporaryFolder({ "errors.yaml": "codes: {OLD: {status: 422}}" });
  const { exit, stderr } = await pull(site.index, join(root, "fragments"));
  expect(exit).toBe(0);
  expect(stderr.split("\n").filter((line) => line.startsWith("warning: "))).toEqual([
    "warning: skipped /logo.svg: is not a Markdown page",
    "warning: errors.yaml has OLD as HTTP 422, published as HTTP 400",
    "warning: errors.yaml lacks TEAPOT (HTTP 418)",
  ]);
});

test("pull writes nothing and says so if nothing is usable", async () => {
  const site = await startSite({ "/plain.md": "# No block", "/gone.md": redirectTo("/nowhere") });
  const root = await temporaryFolder();
  await expect(pull(site.index, join(root, "fragments"))).rejects.toThrow(
    `${site.origin}/gone.md: HTTP 404\n` +
      `${site.index}: no usable OpenAPI fragment on 2 pages; nothing was written`,
  );
  expect(await readdir(root)).toEqual([]);
});

test("npm run pull exits with a code and prints one line for bad input", async () => {
  const root = await temporaryFolder();
  const index = join(root, "missing");
  expect(await spawnPull("--index", index, "--out", join(root, "fragments"))).toEqual({
    exit: 2,
    stdout: "",
    stderr: `${index}: no such file or folder; pass an llms.txt, its folder, or a URL\n`,
  });
});
