import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import ts from "typescript";

interface Reachable {
  /** The entries and every file they lead to, as absolute paths. */
  files: Set<string>;
  /** Their external imports: names of packages and of Node's modules. */
  imports: Set<string>;
}

/** Follows relative imports from the entries of a built package, in JavaScript or declarations. */
export async function reachable(entries: readonly string[]): Promise<Reachable> {
  const files = new Set(entries.map((entry) => resolve(entry)));
  const imports = new Set<string>();
  // Iterating over a set includes elements that are added meanwhile, so this visits all of them.
  for (const file of files) {
    // Only `import` and `export from`: the output is ESM, and validators contain calls of `require`
    // as text, for code that they would generate.
    const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"), true, false);
    for (const { fileName: specifier } of importedFiles) {
      if (specifier.startsWith(".")) files.add(target(file, specifier));
      else imports.add(specifier);
    }
  }
  return { files, imports };
}

function target(importer: string, specifier: string): string {
  const path = resolve(dirname(importer), specifier);
  return importer.endsWith(".d.ts") ? path.replace(/\.js$/, ".d.ts") : path;
}
