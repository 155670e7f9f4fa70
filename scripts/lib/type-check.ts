import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Type-checks modules that exist only in memory, as if they stood in the project's root, with the
 * project's own compiler options.
 *
 * @returns for each module its compile errors, none where it is right.
 */
export function typeCheck(modules: ReadonlyMap<string, string>): Map<string, string[]> {
  const options = compilerOptions();
  const disk = ts.createCompilerHost(options);
  const paths = new Map([...modules].map(([name, code]) => [join(root, name), code]));
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => paths.has(path) || disk.fileExists(path),
    readFile: (path) => paths.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language, ...rest) => {
      const code = paths.get(path);
      return code === undefined
        ? disk.getSourceFile(path, language, ...rest)
        : ts.createSourceFile(path, code, language);
    },
  };
  const program = ts.createProgram([...paths.keys()], options, host);
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
  // A reader's snippet may well declare what it does not use.
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
}
