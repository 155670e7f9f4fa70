import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPrograms } from "../support/build-programs.js";
import { docstringSnippets, markdownSnippets, root } from "./snippets.js";
import { typeCheck } from "../../scripts/lib/type-check.js";

const inMarkdown = await markdownSnippets();
const inDocstrings = await docstringSnippets();

describe("every snippet compiles", () => {
  const all = [...inMarkdown, ...inDocstrings];
  const fileName = (index: number) => `snippet-${index}.ts`;
  // `export {}` makes each snippet a module of its own, as in a reader's editor.
  const modules = all.map(({ code }, index) => [fileName(index), `${code}\nexport {};\n`] as const);
  let errors: Map<string, string[]>;
  beforeAll(() => {
    errors = typeCheck(new Map(modules));
  }, 60_000);

  test("and there are snippets", () => {
    expect(inMarkdown.length).toBeGreaterThan(5);
    expect(inDocstrings.length).toBeGreaterThan(5);
  });
  test.each(all.map(({ name }, index) => [name, index] as const))("%s", (_name, index) => {
    expect(errors.get(fileName(index))).toEqual([]);
  });
});

describe("every snippet of the README and the guides runs against the emulator", () => {
  const programs = inMarkdown
    .filter(({ runs }) => runs)
    .map(({ name, code }) => ({ name, code, file: name.replaceAll(/\W/g, "-") }));
  let emulator: Emulator;
  let folder: string;
  let built: string;
  beforeAll(async () => {
    emulator = await startEmulator({ trainingMs: 0 });
    folder = await mkdtemp(join(tmpdir(), "pikzels-snippets-"));
    const picture = await readFile(join(root, "test/fixtures/images/photo.png"));
    for (const name of ["hero", "one", "two", "three"]) {
      await writeFile(join(folder, `${name}.png`), picture);
    }
    const sources: Record<string, string> = {};
    for (const { file, code } of programs) {
      await writeFile((sources[file] = join(folder, `${file}.mts`)), code);
    }
    built = await buildPrograms(folder, sources);
  }, 60_000);
  afterAll(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  function run(file: string, cwd: string) {
    const env = {
      ...process.env,
      PIKZELS_API_KEY: "pkz_snippets",
      PIKZELS_BASE_URL: emulator.url,
    };
    return promisify(execFile)(process.execPath, [join(built, `${file}.mjs`)], { cwd, env });
  }

  test.concurrent.each(programs)(
    "$name",
    async ({ file }) => {
      const { stderr } = await run(file, folder);
      expect(stderr).toBe("");
    },
    60_000,
  );

  const inReadme = programs.filter(({ name }) => name.startsWith("README"));
  const saving = inReadme.flatMap(({ name, code, file }) => {
    const [, target] = /await downloadTo\(\w+, "([^"]+)"\)/.exec(code) ?? [];
    return target === undefined ? [] : [{ name, file, target }];
  });
  test.each(saving)(
    "$name ends with the address of what it paid for if it cannot save it",
    async ({ file, target }) => {
      const blocked = join(folder, `${file}-blocked`);
      await mkdir(join(blocked, target), { recursive: true });

      const ended: unknown = await run(file, blocked).catch((error: unknown) => error);

      const { stderr } = ended as { stderr: string };
      expect(stderr).toContain("PikzelsFileError");
      const [, address = expect.unreachable()] = /url: '([^']+)'/.exec(stderr) ?? [];
      expect((await fetch(address)).headers.get("content-type")).toBe("image/png");
      expect(await readdir(blocked)).toEqual([target]);
    },
  );
});
