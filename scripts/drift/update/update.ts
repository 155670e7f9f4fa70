import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { generatedFiles } from "../../generate/generated-files.js";
import { SourcesFile } from "../../lib/sources-file.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";
import { writeFileAtomically } from "../../lib/write-file.js";
import { mergeFragments, printDocument } from "../../merge/index.js";
import { fragmentName, writeFragments } from "../../pull/index.js";
import type { Drift } from "../drift.js";
import type { PublishedSpec } from "../load-published.js";
import { splitDocument } from "./split-document.js";

export interface UpdateOptions {
  /** The folder of the generated files. */
  generated: string;
  /** The day to record: `2026-11-22`. */
  day: string;
}

/**
 * Makes our spec what the published one says: its fragments, the merged document and the generated
 * files. Operations that are no longer published go, unless their going was accepted.
 *
 * @throws {InputError} when the published spec cannot be merged or generated from; then nothing is
 * written.
 */
export async function updateSpec(
  drift: Drift & PublishedSpec,
  { generated, day }: UpdateOptions,
): Promise<void> {
  const { base, published, document, pulled } = drift;
  const folder = join(dirname(base), "fragments");
  const fragments = pulled?.fragments ?? splitDocument(document, published);
  const present = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml"));
  const old = present.filter((name) => fragments.every(({ fileName }) => fileName !== name));
  const accepted = acceptedlyGone(drift);
  const kept = old.filter((name) => accepted.has(name));

  const sources = fragments.map(({ source }) => source);
  const text = merge(sources, await Promise.all(kept.map((name) => read(folder, name))), base);
  const files = await generate(text, base);

  // Only now that all could be made.
  await writeFragments(fragments, folder, day);
  await removeFragments(
    folder,
    old.filter((name) => !accepted.has(name)),
  );
  await writeFileAtomically(base, text);
  for (const [name, content] of files) await writeFileAtomically(join(generated, name), content);
}

/** The files of operations that are no longer published, which somebody accepted. */
function acceptedlyGone({ accepted }: Drift): Set<string | undefined> {
  const gone = accepted.filter(({ finding }) => finding.rule === "operation-removed");
  const operations = gone.flatMap(({ finding }) => finding.reaches);
  return new Set(
    operations.map(({ operation }) => {
      const [method = "", path = ""] = operation.split(" ");
      return fragmentName({ kind: "operation", method, path });
    }),
  );
}

async function read(folder: string, name: string): Promise<SourceText> {
  return await readSourceText(join(folder, name));
}

function merge(published: SourceText[], kept: SourceText[], base: string): string {
  const own = new Set(kept);
  const { document } = mergeFragments([...published, ...kept], {
    isTranscribed: (source) => own.has(source),
  });
  return printDocument(document, base, "npm run merge");
}

/** Generates from a copy, since what cannot be generated from must not take our document's place. */
async function generate(text: string, base: string): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "drift-update-"));
  try {
    const copy = join(folder, basename(base));
    await writeFileAtomically(copy, text);
    const catalogue = join(dirname(base), "errors.yaml");
    if (existsSync(catalogue)) await copyFile(catalogue, join(folder, "errors.yaml"));
    return (await generatedFiles(copy)).files;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function removeFragments(folder: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const file = join(dirname(folder), "sources.yaml");
  const sources = await SourcesFile.read(file);
  for (const name of names) {
    sources.remove(name);
    await rm(join(folder, name));
  }
  await writeFileAtomically(file, sources.toString());
}
