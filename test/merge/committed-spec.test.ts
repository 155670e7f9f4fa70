import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("the committed document is what merging the committed fragments gives", async () => {
  const { stdout } = await run("npx", ["tsx", "scripts/merge.ts", "--check"]);
  expect(stdout).toBe("spec/openapi.yaml is up to date\n");
});

test("the committed document passes redocly's structural rules", async () => {
  const { stderr } = await run("npx", ["redocly", "lint", "--extends=spec", "spec/openapi.yaml"]);
  expect(stderr).toContain("Your API description is valid");
});
