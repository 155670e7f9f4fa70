import ts from "typescript";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { root } from "../docs/snippets.js";

/** What an editor knows of a file that need not exist. */
export function languageServiceFor(name: string, text: string): ts.LanguageService {
  const options = compilerOptions();
  return ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [name],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = path === name ? text : ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (chosen) => ts.getDefaultLibFilePath(chosen),
  });
}
