import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { inMemoryProgram } from "./in-memory-program.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Type-checks modules that exist only in memory, as if they were in the project's root, with the
 * project's own compiler options.
 *
 * @returns the compile errors of each module; none if it is correct.
 */
export function typeCheck(modules: ReadonlyMap<string, string>): Map<string, string[]> {
  const files = new Map([...modules].map(([name, code]) => [join(root, name), code]));
  const program = inMemoryProgram(files, compilerOptions());
  return new Map(
    [...modules.keys()].map((name) => [name, errorsOf(program, join(root, name))] as const),
  );
}

function errorsOf(program: ts.Program, path: string): string[] {
  const file = program.getSourceFile(path);
  return ts
    .getPreEmitDiagnostics(program, file)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

/** The project's own compiler options, for snippets and other modules that are not files. */
export function compilerOptions(): ts.CompilerOptions {
  const path = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  // A reader's snippet may declare things that it does not use.
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
}
