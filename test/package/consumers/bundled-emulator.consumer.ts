import { build } from "esbuild";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { run, runForJson } from "./support/run.js";

const project = inject("bundledProject");

/** Runs a bundle in a folder without node_modules. */
async function runAlone(bundle: string, name: string): Promise<unknown> {
  const cwd = await mkdtemp(join(tmpdir(), "pikzels-bundle-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await copyFile(bundle, join(cwd, name));
  return runForJson(process.execPath, [name], { cwd });
}

test.for(["esm", "cjs"] as const)(
  "a program bundled by esbuild as %s starts the emulator",
  async (format) => {
    const name = `emulate.${format === "esm" ? "mjs" : "cjs"}`;
    const outfile = join(project, "built", name);
    await build({
      entryPoints: [join(project, "emulate.mjs")],
      outfile,
      bundle: true,
      platform: "node",
      format,
      logLevel: "error",
    });
    expect(await runAlone(outfile, name)).toEqual({ titles: true });
  },
);

test("a program bundled by rollup starts the emulator", async () => {
  await run(join(project, "node_modules/.bin/rollup"), ["-c"], { cwd: project });
  expect(await runAlone(join(project, "rolled-up/emulate.mjs"), "emulate.mjs")).toEqual({
    titles: true,
  });
});
