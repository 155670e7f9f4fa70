import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, setStage } from "./support.js";

test("quick-start saves a thumbnail of the prompt", async () => {
  const { folder, environment } = await setStage();
  const file = join(folder, "thumbnail.png");
  const { stdout } = await run("quick-start/main.ts", ["A summit at sunrise", file], environment);
  const image = await readFile(file);
  expect(stdout).toBe(`${file}: ${image.length} bytes\n`);
  expect(image.subarray(1, 4).toString()).toBe("PNG");
});

test("quick-start ends with one line and exit code 1 when the service refuses", async () => {
  const { emulator, environment } = await setStage();
  emulator.provoke({ fault: "foreign-code" });
  await expect(run("quick-start/main.ts", [], environment)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^POST [^\n]*\n$/) as string,
  });
});
