import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kebabCase } from "../../src/cli/operations/kebab-case.js";
import { loadOperations } from "../../src/cli/operations/operations.js";
import { buildCli } from "./build-cli.js";
import { sampleApiFiles } from "../support/sample-api-files.js";
import { cli } from "./support.js";

/** The completions that a shell gets for the last of these words. */
async function complete(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await cli(["complete", "--", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");
}

describe("what the shell offers next", () => {
  test("is every command, except those that are only for shells", async () => {
    const words = await complete("");
    expect(words).toEqual(expect.arrayContaining(["batch", "mcp", "help", "thumbnails"]));
    expect(words).not.toContain("complete");
    expect(await complete("thu")).toEqual(["thumbnails"]);
    expect(await complete("help", "thu")).toEqual(["thumbnails"]);
  });

  test.each(loadOperations().map(({ name, ...operation }) => [name, operation] as const))(
    "is the method of %s after its group, then its flags with their values",
    async (_name, { words: [group, method], inputs }) => {
      expect(await complete(group, method.slice(0, 3))).toContain(method);
      const flags = await complete(group, method, "--");
      expect(flags).toContain("--timeout");
      for (const { name, choices } of inputs.filter(({ choices }) => choices)) {
        const flag = `--${kebabCase(name)}`;
        expect(flags).toContain(flag);
        expect(await complete(group, method, flag, "")).toEqual(choices?.map(String));
        expect(await complete(group, method, `${flag}=`)).toEqual(
          choices?.map((choice) => `${flag}=${String(choice)}`),
        );
      }
    },
  );

  test("is an operation after --operation, and nothing in particular after a file flag", async () => {
    expect(await complete("batch", "a.csv", "--operation", "titles.")).toContain("titles.fromText");
    expect(await complete("batch", "a.csv", "--out", "")).toEqual([]);
  });
});

test("an unknown shell is refused with the list of known ones", async () => {
  expect((await cli(["completion", "tcsh"])).stderr).toBe(
    "error: There is no completion for tcsh; there is for bash, zsh and fish.\n",
  );
});

describe("in a shell", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pikzels-completion-"));
    const program = await buildCli(join(folder, "package"), { generated: await sampleApiFiles() });
    const command = join(folder, "pikzels-client");
    await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    await chmod(command, 0o755);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.for([
    ["pikzels-client thumbnails from-te", "from-text"],
    ["pikzels-client thumbnails from-text x --for", "--format"],
    // The shell replaces only what follows the colon.
    ["pikzels-client thumbnails from-text x --format 16:", "9"],
    ["pikzels-client thumbnails from-text x --model=pkz_4_", "pkz_4_5"],
  ] as const)("bash makes `%s…` %s", ([line, expected]) => {
    const script = `
      eval "$(pikzels-client completion bash)"
      COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}
      _pikzels_client; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    expect(execFileSync("bash", ["-c", script], { env, encoding: "utf8" })).toBe(`${expected}\n`);
  });
});
