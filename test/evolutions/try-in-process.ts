import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { findDrift } from "../../scripts/drift/index.js";
import { updateSpec } from "../../scripts/drift/update/update.js";
import { inMemoryProgram } from "../../scripts/lib/in-memory-program.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { objectAt } from "../../src/openapi/json.js";
import { EvolvingDocument } from "./document.js";
import type { Evolution, Form } from "./evolution.js";
import { publish } from "./publish.js";
import { userProgram } from "./try-evolution.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Updates to an evolution in a folder of its own, without starting a process for any step.
 *
 * @returns The compile errors of what its user would write then.
 * @throws {InputError} What `drift --update` says if it cannot take the evolution over.
 */
export async function tryInProcess(
  evolution: Evolution,
  form: Form,
  folder: string,
): Promise<string[]> {
  const spec = join(folder, "spec");
  await cp("spec", spec, { recursive: true });
  const base = join(spec, "openapi.yaml");
  const parsed = parseDocument(await readSourceText(base));
  const document = new EvolvingDocument(objectAt({ parsed }, "parsed"));
  evolution.change(document);
  const published = await publish(document.root, form, folder, evolution.changePage);
  const generated = join(folder, "generated");
  const drift = await findDrift({ base, published });
  const { files } = await updateSpec(drift, { generated, day: "2026-11-27" });
  return compile(await userProgram(evolution.program), await generatedModules(files, generated));
}

/** The generated modules, as if they were in `src/generated`. */
async function generatedModules(files: readonly string[], generated: string) {
  const modules = new Map<string, string>();
  for (const file of files.filter((name) => name.startsWith(generated))) {
    const name = file.slice(generated.length + 1);
    modules.set(join(ROOT, "src", "generated", name), await readFile(file, "utf8"));
  }
  return modules;
}

function compile(program: string, generated: ReadonlyMap<string, string>): string[] {
  const user = join(ROOT, "user.ts");
  const files = new Map([...generated, [user, program]]);
  return ts
    .getPreEmitDiagnostics(inMemoryProgram(files, compilerOptions()))
    .map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, " ");
      return `${file?.fileName.replace(ROOT, "") ?? ""}: ${text}`;
    });
}
