import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { load } from "js-yaml";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isObject, objectAt } from "../../src/openapi/json.js";

let home: string;
let repository: string;

const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: repository, encoding: "utf8", stdio: "pipe" });

async function put(files: Record<string, string>, root = repository): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

// A repository with an origin to push to, and a `gh` that records its arguments.
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "drift-workflow-"));
  repository = join(home, "repository");
  execFileSync("git", ["init", "--quiet", "--bare", join(home, "origin.git")]);
  await put({ "spec/a.yaml": "a: 1\n", "spec/gone.yaml": "gone\n", "src/generated/a.ts": "1\n" });
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.com");
  git("remote", "add", "origin", join(home, "origin.git"));
  git("add", ".");
  git("commit", "--quiet", "--message=first");
  await put(
    { "bin/gh": `#!/bin/sh\necho "$@" >> ${home}/gh.log\necho "\${PULL_REQUESTS:-0}"\n` },
    home,
  );
  execFileSync("chmod", ["+x", join(home, "bin/gh")]);
  await put({ "update/report.md": "é".repeat(100_000) }, home);
});

afterEach(() => rm(home, { recursive: true }));

/** A job's scripts, as the runner runs them. */
async function runJob(name: string, environment: Record<string, string> = {}) {
  const workflow = load(await readFile(".github/workflows/drift.yml", "utf8"));
  const steps = objectAt(objectAt(workflow, "jobs"), name)["steps"];
  const scripts = (Array.isArray(steps) ? steps : []).flatMap((step) =>
    isObject(step) && typeof step["run"] === "string" ? [step["run"]] : [],
  );
  let output = "";
  for (const script of scripts) {
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], {
      cwd: repository,
      encoding: "utf8",
      env: {
        ...{ PATH: `${home}/bin:${process.env["PATH"] ?? ""}`, RUNNER_TEMP: home, HOME: home },
        ...environment,
      },
    });
    output += stdout + stderr;
    if (status !== 0) return { status, output };
  }
  return { status: 0, output };
}

/** Makes a patch of the changes, as the job that compares does. */
async function makePatch(...paths: string[]): Promise<void> {
  git("add", ...paths);
  await put({ "update/update.patch": git("diff", "--cached", "--binary") }, home);
  git("reset", "--quiet", "--hard");
}

const pushed = () => git("ls-remote", "--heads", "origin").trim();
const asked = () => readFile(join(home, "gh.log"), "utf8");

test("the drift workflow proposes changed, new and removed files on a branch of its own", async () => {
  await put({ "spec/a.yaml": "a: 2\n", "spec/new.yaml": "new\n", "src/generated/a.ts": "2\n" });
  await rm(join(repository, "spec/gone.yaml"));
  await makePatch("spec", "src/generated");

  expect(await runJob("propose")).toMatchObject({ status: 0 });

  git("fetch", "--quiet", "origin");
  const changed = git("diff", "--name-status", "main", "origin/drift/published-spec");
  expect(changed.trim().split("\n")).toEqual([
    "M\tspec/a.yaml",
    "D\tspec/gone.yaml",
    "A\tspec/new.yaml",
    "M\tsrc/generated/a.ts",
  ]);
  expect(await asked()).toMatch(/pr create --head drift\/published-spec/);
  expect((await readFile(join(home, "description.md"))).length).toBe(60_000);
});

test("the drift workflow updates an open pull request", async () => {
  await put({ "spec/a.yaml": "a: 2\n" });
  await makePatch("spec");

  expect(await runJob("propose", { PULL_REQUESTS: "1" })).toMatchObject({ status: 0 });

  expect(await asked()).toMatch(/pr edit drift\/published-spec/);
  expect(await asked()).not.toMatch(/pr create/);
});

test.each([
  ".github/workflows/evil.yml",
  "package.json",
  "src/index.ts",
  "specs/x",
  "src/generated.ts",
])("the drift workflow pushes nothing if the patch would also change %s", async (file) => {
  await put({ "spec/a.yaml": "a: 2\n", [file]: "evil\n" });
  await makePatch("spec", file);

  const { status, output } = await runJob("propose");

  expect(status).toBe(1);
  expect(output).toContain("The patch changes more than the spec and what is generated.");
  expect(pushed()).toBe("");
});

test("the drift workflow pushes nothing if the patch does not apply", async () => {
  await put({ "spec/a.yaml": "a: 2\n" });
  await makePatch("spec");
  await put({ "spec/a.yaml": "a: 3\n" });
  git("commit", "--quiet", "--all", "--message=meanwhile");

  expect((await runJob("propose")).status).not.toBe(0);
  expect(pushed()).toBe("");
});

test("the drift workflow proposes exactly what the comparing job passes on", async () => {
  await rm(join(home, "update"), { recursive: true });
  await pretendDrift(1);
  expect(await runJob("update", outputs())).toMatchObject({ status: 0 });
  git("reset", "--quiet", "--hard");
  expect(await readFile(join(home, "output"), "utf8")).toBe("drift=true\n");

  expect(await runJob("propose")).toMatchObject({ status: 0 });

  git("fetch", "--quiet", "origin");
  expect(git("show", "origin/drift/published-spec:spec/a.yaml")).toBe("a: published\n");
  const description = await readFile(join(home, "description.md"), "utf8");
  expect(description).toMatch(/^the findings\n[^]*the changelog\n/);
});

test("the drift workflow fails if the comparison could not be made", async () => {
  await rm(join(home, "update"), { recursive: true });
  await pretendDrift(2);
  expect(await runJob("update", outputs())).toMatchObject({ status: 2 });
  await expect(readFile(join(home, "output"), "utf8")).rejects.toThrow("ENOENT");
});

const outputs = () => ({
  GITHUB_OUTPUT: join(home, "output"),
  GITHUB_STEP_SUMMARY: join(home, "summary"),
});

/** A fake `npm` whose comparison exits with this code, and whose update changes the spec. */
async function pretendDrift(exitCode: number): Promise<void> {
  const npm = `#!/bin/sh
case "$*" in
  *--update) echo "a: published" > spec/a.yaml; echo "the changelog" ;;
  *--format*) echo "the findings"; exit ${exitCode} ;;
esac
`;
  await put({ "bin/npm": npm }, home);
  execFileSync("chmod", ["+x", join(home, "bin/npm")]);
}
