import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toYamlText } from "../../scripts/lib/yaml-text.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCli } from "../cli/build-cli.js";
import { apiWithPaths } from "./documents.js";

/** A project that uses the package, with a published spec beside it. */
let project: string;
let program: string;

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), "project-")));
  program = await buildCli(join(project, "app/node_modules/pikzels-client"), {
    entry: "scripts/cli.ts",
  });
  await writeFile(
    join(project, "app/package.json"),
    '{\n  "name": "app",\n  "dependencies": { "pikzels-client": "1" }\n}\n',
  );
  const many = Array.from({ length: 3000 }, (_, index) => [
    `/a/${index}`,
    { get: { responses: {} } },
  ]);
  await writeFile(
    join(project, "published.json"),
    JSON.stringify(apiWithPaths(Object.fromEntries(many) as Record<string, unknown>)),
  );
});
afterAll(() => rm(project, { recursive: true }));

/**
 * Runs the installed `pikzels-client drift`; without `isReadToTheEnd`, as if piped into `head -1`.
 */
async function drift(argv: string[], { environment = {}, isReadToTheEnd = true } = {}) {
  const published = ["--published", join(project, "published.json")];
  const child = spawn(process.execPath, [program, "drift", ...published, ...argv], {
    cwd: join(project, "app"),
    env: { ...process.env, GITHUB_WORKSPACE: "", ...environment },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
    if (!isReadToTheEnd) child.stdout.destroy();
  });
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

describe("the installed drift command", { timeout: 60_000 }, () => {
  test("exits quietly if its reader stops reading", async () => {
    const { code, stdout, stderr } = await drift(["--format", "json"], { isReadToTheEnd: false });
    expect(stdout.length).toBeLessThan(1_000_000);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("annotates the line of package.json that depends on the package", async () => {
    const { stdout } = await drift(["--format", "github"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(3000);
    for (const line of lines)
      expect(line).toMatch(/^::\w+ file=package\.json,line=3,col=21,title=/);
  });

  test("names a file by its path in the repository that a workflow has checked out", async () => {
    const environment = { GITHUB_WORKSPACE: project };
    const { stdout } = await drift(["--format", "github"], { environment });
    expect(stdout).toMatch(/^::\w+ file=app\/package\.json,line=3,/);
  });

  test("accepts findings listed in a drift-accept.yaml in the working directory", async () => {
    const all = JSON.parse((await drift(["--format", "json"])).stdout) as {
      findings: { id: string }[];
    };
    const reason = "known";
    const accepted = all.findings.map(({ id }) => ({ id, reason, date: "2026-11-22" }));
    await writeFile(join(project, "app/drift-accept.yaml"), toYamlText({ accepted }));
    const { code, stdout, stderr } = await drift([]);
    await rm(join(project, "app/drift-accept.yaml"));
    expect({ code, stderr, stdout }).toEqual({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining(`(${all.findings.length} accepted)`) as string,
    });
  });
});
