import { spawn } from "node:child_process";
import { join } from "node:path";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { startSite } from "../pull/site.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { ownSpec } from "./own-spec.js";
import { changedSampleSpec, SAMPLE_SPEC, writeSampleProject } from "./sample-project.js";

/** Runs `npm run drift` as a user does, in a process of its own. */
async function runDrift(...argv: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/drift.ts", ...argv]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exit, stdout, stderr };
}

// Each test starts a process, which takes a while if many tests run at once.
describe("npm run drift", { timeout: 120_000 }, () => {
  it("finds no difference between a spec and itself, and exits with 0", async () => {
    const site = await startSite({ "/openapi.json": JSON.stringify(await ownSpec()) });
    const { exit, stdout } = await runDrift("--published", `${site.origin}/openapi.json`);
    expect(stdout).toMatch(/^No drift: .*\n$/);
    expect(exit).toBe(0);
  });

  it("prints what changed, worst first and without colours, and exits with 1", async () => {
    const site = await startSite({ "/openapi.yaml": dump(await changedSampleSpec()) });
    const published = `${site.origin}/openapi.yaml`;
    const { exit, stdout } = await runDrift("--base", SAMPLE_SPEC, "--published", published);
    expect(exit).toBe(1);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      `Drift: 1 breaking, 1 additive, 1 docs; ${published} differs from ${SAMPLE_SPEC}.`,
    );
    expect(stdout).toMatch(
      /^POST \/v2\/thumbnail\/score\n {2}breaking {2}response: .*`suggestion`/,
    );
    expect(stdout).not.toContain("\u001B");
  });

  it("takes the level from which findings count as drift", async () => {
    const root = await temporaryFolder({
      "openapi.json": JSON.stringify(await changedSampleSpec()),
    });
    const published = join(root, "openapi.json");
    const none = await runDrift(
      ...["--base", SAMPLE_SPEC, "--published", published],
      ...["--fail-on", "none", "--format", "json"],
    );
    expect(none.exit).toBe(0);
    expect(JSON.parse(none.stdout)).toMatchObject({ drift: false, summary: { breaking: 1 } });
  });

  it.each(["stdout", "stderr"] as const)("exits quietly if nobody reads its %s", async (closed) => {
    const root = await temporaryFolder({
      "openapi.json": JSON.stringify(await changedSampleSpec()),
    });
    const published = join(root, "openapi.json");
    const argv = closed === "stdout" ? ["--published", published] : ["--published", "missing.json"];
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/drift.ts", ...argv]);
    child[closed].destroy();
    let output = "";
    const open = closed === "stdout" ? child.stderr : child.stdout;
    open.on("data", (chunk) => (output += String(chunk)));
    const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
    expect({ exit, output }).toEqual({ exit: closed === "stdout" ? 1 : 2, output: "" });
  });

  it("updates, and prints the findings as a changelog entry", async () => {
    const root = await temporaryFolder({
      "openapi.json": JSON.stringify(await changedSampleSpec()),
    });
    const base = await writeSampleProject(root);
    const { exit, stdout } = await runDrift(
      ...["--base", base],
      ...["--published", join(root, "openapi.json")],
      ...["--update", "--generated", join(root, "generated")],
    );
    expect(stdout).toMatch(/^## API spec of \d{4}-\d\d-\d\d\n\n### Breaking\n\n- `POST /);
    expect(exit).toBe(0);
  });

  it.each([
    [["--format", "html"], "--format is one of text, json, markdown, github, not html\n"],
    [["--accept", "missing.yaml"], "missing.yaml: cannot be read (no such file)\n"],
    [["--published", "missing.yaml"], "missing.yaml: cannot be read (no such file)\n"],
  ])("exits with 2 and one line for %j", async (argv, message) => {
    const { exit, stdout, stderr } = await runDrift(...argv);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  });
});
