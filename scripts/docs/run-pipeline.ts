import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedFiles } from "../generate/index.js";
import { InputError } from "../lib/input-error.js";
import { mergeFragments, printDocument } from "../merge/index.js";
import { pullPages } from "../pull/index.js";
import type { PublishedForm } from "./published-forms.js";

/** The result of the pipeline for a set of docs pages. */
export interface PipelineResult {
  /** The fragments that were pulled. */
  fileNames: string[];
  /** The merged document as YAML. */
  spec: string;
  /** The generated files, by name. */
  generated: ReadonlyMap<string, string>;
  /** One line each. */
  warnings: string[];
}

const SITE = "https://docs.example.com/";

/**
 * Runs docs pages through pull, merge and generate.
 *
 * @throws {InputError} the error of the first step that rejects them.
 */
export async function runPipeline(form: PublishedForm): Promise<PipelineResult> {
  const { index = "llms.txt", document } = form;
  const pulled = await pullPages({ index: SITE + index, document, fetch: siteOf(form) });
  if (pulled.problems.length > 0) throw new InputError(pulled.problems.join("\n"));
  const merged = mergeFragments(pulled.fragments.map(({ source }) => source));
  const folder = await mkdtemp(join(tmpdir(), "published-form-"));
  try {
    const file = join(folder, "openapi.yaml");
    const spec = printDocument(merged.document, file, "npm run merge");
    await writeFile(file, spec);
    const { files, warnings } = await generatedFiles(file);
    return {
      fileNames: pulled.fragments.map(({ fileName }) => fileName),
      spec,
      generated: files,
      warnings: [...merged.warnings, ...warnings],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A `fetch` that serves the files of a docs site. */
function siteOf({ files }: PublishedForm): typeof fetch {
  const links = Object.keys(files).map((name) => `- [A page](${SITE}${name})`);
  const all: Record<string, string> = { "llms.txt": links.join("\n"), ...files };
  return (input) => {
    const address = input instanceof Request ? input.url : String(input);
    const text = all[address.slice(SITE.length)];
    return Promise.resolve(new Response(text ?? null, { status: text === undefined ? 404 : 200 }));
  };
}
