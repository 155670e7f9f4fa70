import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readJobs, sampleJobs } from "../../examples/batch/job.js";
import type { JobRecord } from "../../examples/batch/records.js";
import { report } from "../../examples/batch/report.js";

const body = { prompt: "A lighthouse", model: "pkz_3", format: "16:9" } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-jobs-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function jobsFile(...lines: unknown[]): Promise<string> {
  const file = join(folder, "jobs.ndjson");
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  await writeFile(file, text.join("\n"));
  return file;
}

describe("a file of jobs", () => {
  it("is read line by line", async () => {
    const jobs = [
      { id: "a", body },
      { id: "b-2", body },
    ];

    expect(await readJobs(await jobsFile(jobs[0], "", jobs[1], ""))).toEqual(jobs);
  });

  it("is refused with every bad line named", async () => {
    const file = await jobsFile(
      { id: "a", body },
      "{",
      { id: "a", body },
      { id: "../up", body },
      { id: "42", body },
      { id: "c" },
      7,
    );

    await expect(readJobs(file)).rejects.toMatchObject({
      name: "InputError",
      message: [
        `${file}:2: is no job: { "id": "…", "body": { … } }`,
        `${file}:3: repeats the id a`,
        ...[4, 5, 6, 7].map((line) => `${file}:${line}: is no job: { "id": "…", "body": { … } }`),
      ].join("\n"),
    });
  });

  it("that is not there is named", async () => {
    await expect(readJobs(join(folder, "none"))).rejects.toThrow(
      /none: cannot be read \(no such file\)$/,
    );
  });
});

it("sample jobs are told apart by id and prompt", () => {
  const jobs = sampleJobs(50);

  expect(new Set(jobs.map((job) => job.id)).size).toBe(50);
  expect(new Set(jobs.map((job) => job.body.prompt)).size).toBe(50);
});

describe("the report", () => {
  const saved: JobRecord = { state: "saved", at: "", file: "a.png", requestId: "r" };

  it("is short when everything is saved", () => {
    expect(report(["a"], new Map([["a", saved]]))).toEqual({
      text: "1 of 1 thumbnails are saved.",
      complete: true,
    });
  });

  it("names every job that is not, and what to do", () => {
    const { text, complete } = report(
      ["a", "b", "c", "d", "e"],
      new Map<string, JobRecord>([
        ["a", saved],
        ["b", { state: "review", at: "", reason: "who knows" }],
        ["c", { state: "refused", at: "", reason: "no such model" }],
        ["d", { state: "paid", at: "", output: "", requestId: "" }],
      ]),
    );

    expect(complete).toBe(false);
    expect(text).toBe(
      [
        "1 of 5 thumbnails are saved.",
        "To be reviewed: each may have been paid. Look them up in the account, then run review.ts (1):",
        "  b: who knows",
        "Refused by the API, not billed: mend the job (1):",
        "  c: no such model",
        "Left, not lost: run the same command again (2):",
        "  d",
        "  e",
      ].join("\n"),
    );
  });
});
