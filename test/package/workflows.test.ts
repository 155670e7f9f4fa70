import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { isObject, objectAt } from "../../scripts/lib/json-object.js";

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  return { name, text, workflow: load(text) };
});

/** Every `name: level` of every job, as `file/job name: level`. */
const permissions = workflows.flatMap(({ name, workflow }) =>
  Object.entries(objectAt(workflow, "jobs")).flatMap(([job, settings]) =>
    Object.entries(objectAt(settings, "permissions")).map(
      ([scope, level]) => `${name}/${job} ${scope}: ${String(level)}`,
    ),
  ),
);

describe.for(workflows)("$name", ({ text, workflow }) => {
  test("names every action by its commit, and the version that commit is", () => {
    const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("gives nothing to a job that does not ask", () => {
    expect(workflow).toMatchObject({ permissions: {} });
    expect(objectAt(workflow, "permissions")).toEqual({});
  });

  test("never runs a stranger's code with the rights of the repository", () => {
    expect(text).not.toContain("pull_request_target");
    // What a stranger can write (a title, a branch name) must not become part of a script.
    expect(text).not.toMatch(/run:.*\$\{\{/);
  });

  test("leaves no credentials behind for the code it checks out", () => {
    for (const job of Object.values(objectAt(workflow, "jobs"))) {
      const steps = isObject(job) && Array.isArray(job["steps"]) ? job["steps"] : [];
      for (const step of steps as unknown[]) {
        const uses = isObject(step) ? String(step["uses"]) : "";
        if (uses.startsWith("actions/checkout@"))
          expect(objectAt(step, "with")).toMatchObject({ "persist-credentials": false });
      }
    }
  });
});

test("no job may write but those that have to", () => {
  const needed = [
    "drift.yml/update contents: write",
    "drift.yml/update pull-requests: write",
    "release.yml/publish id-token: write",
  ];
  const writing = permissions.filter((line) => !line.endsWith(": read"));
  expect(needed).toEqual(expect.arrayContaining(writing));
});

test("the job that speaks for the package does nothing else", () => {
  const publish = permissions.filter((line) => line.startsWith("release.yml/publish"));
  expect(publish).toEqual(["release.yml/publish id-token: write"]);
});
