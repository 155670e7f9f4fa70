import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { inMemoryProgram } from "../../scripts/lib/in-memory-program.js";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { root } from "../docs/snippets.js";

/**
 * The modules in `programs/` contain what the compiler must accept and, after `@ts-expect-error`,
 * what it must reject. They never run, and are compiled with the sample API's types in place of
 * `src/generated`.
 */
const programs = await textsIn("test/types/programs", "test/types/programs");
const sampleApi = await textsIn("test/sample-api/generated", "src/generated");

async function textsIn(folder: string, as: string): Promise<Map<string, string>> {
  const names = await readdir(join(root, folder));
  const texts = names.map(async (name) => {
    return [join(root, as, name), await readFile(join(root, folder, name), "utf8")] as const;
  });
  return new Map(await Promise.all(texts));
}

const program = inMemoryProgram(new Map([...sampleApi, ...programs]), compilerOptions());

test.each([...programs.keys()].map((file) => [file.slice(root.length), file] as const))(
  "the compiler accepts and rejects what it should in %s",
  (_, file) => {
    const source = program.getSourceFile(file);
    const diagnostics = ts.getPreEmitDiagnostics(program, source).map(({ start, messageText }) => {
      const line = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
      return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
    expect(diagnostics).toEqual([]);
  },
);
