import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { inMemoryProgram } from "../lib/in-memory-program.js";
import { snippetsIn } from "../lib/snippets.js";
import { compilerOptions } from "../lib/type-check.js";
import { filesBelow } from "./files-below.js";
import { runNode } from "./run-node.js";

/**
 * One line for each error in the files that a `tsconfig.json` covers: `src/a.ts(1,2): error TS2339:
 * …`.
 */
export async function compileErrors(root: string, folder: string): Promise<string[]> {
  const known = join(".work", `update-${folder.replaceAll(/\W/g, "")}`);
  const { output } = await runNode(root, [
    "node_modules/typescript/bin/tsc",
    ...["--noEmit", "--pretty", "false", "-p", folder],
    ...["--incremental", "--tsBuildInfoFile", `${known}.tsbuildinfo`],
  ]);
  return output.split("\n").filter((line) => /^\S.*: error TS\d+: /.test(line));
}

/** The same for every snippet of the README, the guides and the docstrings. */
export async function snippetErrors(root: string): Promise<string[]> {
  const files = [
    ...(await readdir(root)).filter((name) => name.endsWith(".md")),
    ...(await filesBelow(root, "docs", ".md")),
    ...(await filesBelow(root, "src", ".ts")),
  ];
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), "utf8")));
  const snippets = files.flatMap((file, index) => snippetsIn(file, texts[index] ?? ""));
  const modules = new Map(
    snippets.map((snippet, index) => [join(root, `snippet-${index}.ts`), snippet] as const),
  );
  const code = [...modules].map(
    ([path, snippet]) => [path, `${snippet.code}\nexport {};\n`] as const,
  );
  const program = inMemoryProgram(new Map(code), compilerOptions());
  return [...modules].flatMap(([path, { file, lineOffset }]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map((diagnostic) => {
      const position = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
      const { line = 0, character = 0 } = position ?? {};
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
      return `${file}(${lineOffset + line + 1},${character + 1}): error TS${diagnostic.code}: ${text}`;
    }),
  );
}
