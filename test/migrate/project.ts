import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import {
  clientChanges,
  migrateProject,
  type ClientChanges,
  type ClientVersion,
} from "../../scripts/migrate/index.js";
import { methodsOf } from "../../scripts/generate/index.js";
import { snippetsIn } from "../../scripts/lib/snippets.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { root } from "../docs/snippets.js";
import { ownSpec } from "../drift/own-spec.js";

/** The hand-written files about the client, migrated to a new document. */
export interface MigratedProject {
  changes: ClientChanges;
  /** The pages, the examples with their tests, and the modules with docstrings, by path. */
  texts: ReadonlyMap<string, string>;
  /** The files that have changed. */
  changed: ReadonlySet<string>;
}

/** Migrates this project in memory. */
export async function migratedTo(document: JsonObject): Promise<MigratedProject> {
  const changes = clientChanges(await clientOf(await ownSpec()), await clientOf(document));
  const migrated = await migrateProject(root, changes);
  const texts = new Map(await writtenTexts());
  for (const [file, text] of migrated) {
    if (text === undefined) texts.delete(relative(root, file));
    else texts.set(relative(root, file), withoutGenerated(text));
  }
  return {
    changes,
    texts,
    changed: new Set([...migrated.keys()].map((file) => relative(root, file))),
  };
}

/** A client whose methods have the names in `spec/names.yaml`. */
async function clientOf(document: JsonObject): Promise<ClientVersion> {
  const source = { file: "openapi.json", text: "", lineOffset: 0 };
  const names = await readSourceText(join(root, "spec", "names.yaml"));
  return { document, methods: methodsOf({ source, document }, names) };
}

/** The hand-written files as they are now, without those generated from the spec. */
export async function writtenTexts(): Promise<[name: string, text: string][]> {
  const below = async (folder: string, ending: RegExp) => {
    const names = await readdir(join(root, folder), { recursive: true });
    return names.filter((name) => ending.test(name)).map((name) => join(folder, name));
  };
  const all = await Promise.all([
    readdir(root).then((names) => names.filter((name) => name.endsWith(".md"))),
    below("docs", /\.md$/),
    below("examples", /\.(ts|md)$/),
    below("test/examples", /\.ts$/),
    below("src", /\.ts$/),
  ]);
  const names = all.flat().filter((name) => !/^src.generated|^CHANGELOG/.test(name));
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(root, name), "utf8")] as [string, string]),
  );
  return texts
    .filter(([, text]) => !text.startsWith("<!-- Generated"))
    .map(([name, text]) => [name, withoutGenerated(text)]);
}

/** Without the parts of a page that `npm run docs:pages` writes. */
function withoutGenerated(page: string): string {
  return page.replaceAll(/<!-- generated: ([\w-]+) -->[^]*?<!-- \/generated: \1 -->/g, "");
}

/** A module of an example, or a snippet treated as a module. */
export interface Program {
  /** The file it is in. */
  file: string;
  /** Its path from the root: that of the file, or a path next to it. */
  path: string;
  code: string;
}

/** The programs in files: each module of an example, and each snippet in the other files. */
export function programsIn(texts: Iterable<readonly [file: string, text: string]>): Program[] {
  return [...texts].flatMap(([file, text]) =>
    /^(examples|test)/.test(file) && file.endsWith(".ts")
      ? [{ file, path: file, code: text }]
      : snippetsIn(file, text).map(({ lineOffset, code }) => ({
          file,
          path: join(dirname(file), `snippet-${file.replaceAll(/\W/g, "-")}-${lineOffset + 1}.ts`),
          code: `${code}\nexport {};\n`,
        })),
  );
}

/** The compile errors of a module in a program, one per line. */
export function errorsOf(program: ts.Program, file: string): string[] {
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(
      ({ messageText }) =>
        `${relative(root, file)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}
