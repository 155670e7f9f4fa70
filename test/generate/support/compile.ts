import ts from "typescript";
import { inMemoryProgram } from "../../../scripts/lib/in-memory-program.js";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  // Generated code has to compile with this too.
  noUnusedParameters: true,
  noEmit: true,
};

/** Type-checks modules that exist only in memory; each error is `file:line: message`. */
export function compileErrors(
  modules: Record<string, string>,
  options: ts.CompilerOptions = {},
): string[] {
  const folder = "/in-memory";
  const files = Object.entries({ "package.json": '{ "type": "module" }', ...modules });
  const program = inMemoryProgram(
    new Map(files.map(([name, code]) => [`${folder}/${name}`, code])),
    { ...OPTIONS, ...options },
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    const name = file?.fileName.replace(`${folder}/`, "") ?? "options";
    return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** The line numbers of a module that do not compile. */
export function linesWithErrors(errors: readonly string[], module: string): number[] {
  const lines = errors
    .filter((error) => error.startsWith(`${module}:`))
    .map((error) => Number(error.split(":")[1]));
  return [...new Set(lines)].sort((a, b) => a - b);
}
