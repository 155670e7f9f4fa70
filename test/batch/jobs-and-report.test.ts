import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readJobs, rowOf } from "../../examples/batch/job.js";
import { writeSampleJobs } from "../../examples/batch/sample-jobs.js";
import type { JobRecord } from "../../examples/batch/records.js";
import { report } from "../../examples/batch/report.js";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-jobs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function jobsFile(...lines: string[]): Promise<string> {
  const file = join(await temporaryFolder(), "jobs.ndjson");
  await writeFile(file, lines.join("\n"));
  return file;
}

describe("a file of jobs", () => {
  it("is read as the batch command reads it, and its rows survive the queue", async () => {
    const file = await jobsFile('{"row_id":"a","prompt":"A tea"}', '{"prompt":"A tea"}');
    const jobs = await readJobs(file, "titles.fromText");

    expect(jobs.map(({ id, line }) => [id, line])).toEqual([
      ["a", 1],
      [jobs[0]?.fingerprint, 2],
    ]);
    const [row] = (JSON.parse(JSON.stringify(jobs)) as typeof jobs).map(rowOf);
    expect(row).toMatchObject({
      givenId: "a",
      operation: { name: "titles.fromText" },
      values: { prompt: "A tea" },
    });
  });

  it("is refused with an error that names every bad row", async () => {
    const file = await jobsFile('{"prompt":"A"}', '{"colour":"red"}', '{"prompt":7}');

    await expect(readJobs(file, "titles.fromText")).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringMatching(/jobs\.ndjson:2: .*\n.*jobs\.ndjson:3: .*$/) as string,
    });
  });
});

it("sample jobs differ in id and prompt", async () => {
  const jobs = await readJobs(await writeSampleJobs(await temporaryFolder(), 50));

  expect(new Set(jobs.map(({ id }) => id)).size).toBe(50);
  expect(new Set(jobs.map(({ values }) => values["prompt"])).size).toBe(50);
});

describe("the report", () => {
  const written = { at: "", worker: "" };
  const done: JobRecord = { state: "done", answer: {}, files: ["a.png"], ...written };

  it("is short if everything is done", () => {
    expect(report(["a"], new Map([["a", done]]))).toEqual({
      text: "1 of 1 jobs are done.",
      complete: true,
    });
  });

  it("names every job that is not done, with what to do", () => {
    const { text, complete } = report(
      ["a", "b", "c", "d", "e"],
      new Map<string, JobRecord>([
        ["a", done],
        ["b", { state: "unknown", reason: "who knows", ...written }],
        ["c", { state: "failed", reason: "no such model", cost: { low: 0, high: 0 }, ...written }],
        ["d", { state: "answered", answer: {}, name: "d", ...written }],
      ]),
    );

    expect(complete).toBe(false);
    expect(text).toBe(
      [
        "1 of 5 jobs are done.",
        "To be reviewed: each may have been billed. Look them up in the account, then run review.ts (1):",
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
