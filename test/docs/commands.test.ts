import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";
import { buildCli } from "../cli/build-cli.js";
import { cli } from "../cli/support.js";
import { root } from "./snippets.js";

const PAGES = ["docs/command-line.md", "docs/batches.md", "docs/mcp.md"];
const blocks = (
  await Promise.all(
    PAGES.map(async (page) =>
      fencedBlocks(await readFile(join(root, page), "utf8")).map((block) => ({ page, ...block })),
    ),
  )
).flat();

const run = promisify(execFile);

let folder: string;
let emulator: Emulator;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-docs-"));
  emulator = await startEmulator({ trainingMs: 0 });
  const program = await buildCli(join(folder, "package"));
  // The program that `npx pikzels-client` finds once the package is installed.
  await mkdir(join(folder, "bin"));
  const npx = join(folder, "bin", "npx");
  await writeFile(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(npx, 0o755);
  for (const name of ["hero", "climber", "one", "two", "three"]) {
    await copyFile(join(root, "test/fixtures/images/photo.png"), join(folder, `${name}.png`));
  }
  for (const { info, text } of blocks) {
    if (info === "csv") await writeFile(join(folder, "jobs.csv"), text);
    if (info === "jsonl") await writeFile(join(folder, "titles.ndjson"), text);
  }
  env = {
    ...process.env,
    PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
    PIKZELS_BASE_URL: emulator.url,
    PIKZELS_API_KEY: "pkz_docs_0123456789",
  };
}, 60_000);
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

describe("every command in the guides does what it says", () => {
  const commands = blocks
    .filter(({ info }) => info === "sh")
    .map(({ page, lineOffset, text }) => [`${page}:${lineOffset + 1}`, text] as const);

  test("and there are commands", () => {
    expect(commands.length).toBeGreaterThan(0);
  });

  test.each(commands)("%s", async (_place, script) => {
    await run("sh", ["-e", "-c", script], { cwd: folder, env });
  });
});

describe("every MCP host configuration starts the server with flags that exist", () => {
  const configurations = blocks
    .filter(({ info }) => info === "json")
    .map(({ page, lineOffset, text }) => [`${page}:${lineOffset + 1}`, text] as const);

  test.each(configurations)("%s", async (_place, text) => {
    const { mcpServers, servers } = JSON.parse(text) as Record<
      string,
      Record<string, { args: string[] }> | undefined
    >;
    const all = Object.values(mcpServers ?? servers ?? {});
    expect(all.length).toBe(1);
    for (const { args } of all) {
      const argv = args.slice(args.indexOf("pikzels-client") + 1);
      expect(await cli([...argv, "--help"])).toMatchObject({ code: 0, stderr: "" });
    }
  });
});
