import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedFiles } from "../../../scripts/generate/generated-files.js";
import { sampleKnowledge } from "../../support/sample-api-files.js";

/** Generates from a document: the TypeScript modules by name, and the warnings. */
export async function generatedCode(document: object | string) {
  const folder = await mkdtemp(join(tmpdir(), "generated-code-"));
  try {
    const file = join(folder, typeof document === "string" ? "api.yaml" : "api.json");
    await writeFile(
      file,
      typeof document === "string" ? document : JSON.stringify(document, null, 2),
    );
    const { files, warnings } = await generatedFiles(file, sampleKnowledge);
    const modules = [...files].filter(([name]) => name.endsWith(".ts"));
    return { code: Object.fromEntries(modules), warnings, file };
  } finally {
    await rm(folder, { recursive: true });
  }
}
