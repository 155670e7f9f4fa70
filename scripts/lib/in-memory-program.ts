import { dirname } from "node:path";
import ts from "typescript";

/**
 * A program whose modules exist only in memory, among the files that are on disk.
 *
 * @param files Text by absolute path; what is no TypeScript, a `package.json`, is there to be found.
 */
export function inMemoryProgram(
  files: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): ts.Program {
  const disk = ts.createCompilerHost(options);
  const folders = new Set([...files.keys()].map((path) => dirname(path)));
  const host: ts.CompilerHost = {
    ...disk,
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language, ...rest) => {
      const code = files.get(path);
      return code === undefined
        ? disk.getSourceFile(path, language, ...rest)
        : ts.createSourceFile(path, code, language);
    },
  };
  const modules = [...files.keys()].filter((path) => /\.[cm]?tsx?$/.test(path));
  return ts.createProgram(modules, options, host);
}
