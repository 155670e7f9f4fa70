import ts from "typescript";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { root } from "../docs/snippets.js";

/**
 * What an editor knows about a file that need not exist.
 *
 * @param generated the folder of the generated files that the package is made of
 */
export function languageServiceFor(
  name: string,
  text: string,
  generated = "src/generated",
): ts.LanguageService {
  const onDisk = (path: string) => path.replace("/src/generated/", `/${generated}/`);
  const options = compilerOptions();
  return ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [name],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = path === name ? text : ts.sys.readFile(onDisk(path));
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (chosen) => ts.getDefaultLibFilePath(chosen),
  });
}
