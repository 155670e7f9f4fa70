import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const merge = (...options: string[]) =>
  run(process.execPath, ["--import", "tsx", "scripts/merge.ts", ...options]);

test("the committed document is the merge of the committed fragments", async () => {
  expect(await merge("--check")).toEqual({
    stdout: "spec/openapi.yaml is up to date\n",
    stderr: "",
  });
});

test("the committed document passes redocly's structural rules", async () => {
  const { stderr } = await run("npx", ["redocly", "lint", "--extends=spec", "spec/openapi.yaml"]);
  expect(stderr).toContain("Your API description is valid");
});

test("bad input makes merge exit with code 2 and one line, without a stack trace", async () => {
  const home = await mkdtemp(join(tmpdir(), "merge-"));
  try {
    await expect(merge("--fragments", home, "--out", join(home, "out.yaml"))).rejects.toMatchObject(
      {
        code: 2,
        stdout: "",
        stderr:
          `${home}: no fragments here ` +
          "(.yaml, .yml, .json, or .md docs pages with an OpenAPI block)\n",
      },
    );
  } finally {
    await rm(home, { recursive: true });
  }
});
