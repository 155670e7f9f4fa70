import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { buildPrograms } from "../support/build-programs.js";

/** Bundles the programs of the batch for the tests of a file; returns where one of them is. */
export function buildBatch(): (name: "run" | "worker" | "review") => string {
  let folder: string;
  let programs: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pikzels-batch-programs-"));
    programs = await buildPrograms(folder, {
      run: "examples/batch/run.ts",
      worker: "examples/batch/worker.ts",
      review: "examples/batch/review.ts",
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (name) => join(programs, `${name}.mjs`);
}
