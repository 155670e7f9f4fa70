import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { run, setStage } from "./support.js";

test("one-file is built by esbuild, and runs with nothing installed", async () => {
  const { folder, environment } = await setStage();
  const outfile = join(folder, "titles.mjs");
  await run("one-file/build.ts", [outfile], environment);
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, "Arctic"], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  expect(stdout.trim().split("\n").length).toBeGreaterThan(1);
});
