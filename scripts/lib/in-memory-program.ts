import { dirname } from "node:path";
import ts from "typescript";

/**
 * A program whose modules exist only in memory, alongside the files on disk.
 *
 * @param files Text by absolute path. Files that are not TypeScript, such as a `package.json`, are
 * not compiled but can be found.
 * @param onDisk A cache of the files read from disk, to share between programs.
 */
export function inMemoryProgram(
  files: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  onDisk = new Map<string, ts.SourceFile | undefined>(),
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
      if (code !== undefined) return ts.createSourceFile(path, code, language);
      if (!onDisk.has(path)) onDisk.set(path, disk.getSourceFile(path, language, ...rest));
      return onDisk.get(path);
    },
  };
  const modules = [...files.keys()].filter((path) => /\.[cm]?tsx?$/.test(path));
  return ts.createProgram(modules, options, host);
}
