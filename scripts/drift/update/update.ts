import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { JsonObject } from "../../../src/openapi/json.js";
import { applyChanges, type AppliedChanges } from "../../lib/file-changes.js";
import { InputError } from "../../lib/input-error.js";
import { readSourceTextIfPresent } from "../../lib/source-text.js";
import { SourcesFile } from "../../lib/sources-file.js";
import { writeFileAtomically } from "../../lib/write-file.js";
import { generatedFiles, methodsOf, updateKnowledge } from "../../generate/index.js";
import { mergeFragments, printDocument } from "../../merge/index.js";
import { ApiDocument } from "../api-document.js";
import { findingsBetween, readSpec, type Drift, type PublishedSpec } from "../index.js";
import { fragmentChanges, type FragmentChanges } from "./fragment-changes.js";
import { clientChanges, type ClientChanges } from "../../migrate/index.js";

export interface UpdateOptions {
  /** The folder of the generated files. */
  generated: string;
  /** The day to record: `2026-11-22`. */
  day: string;
}

export interface Update extends AppliedChanges {
  /** Warnings from the generator, one line each. */
  warnings: string[];
  /** How the client has changed. */
  changes: ClientChanges;
}

/**
 * Updates our spec to the published one: its fragments, the merged document, what we know about
 * names and errors, and the generated files. Operations that are no longer published are removed,
 * unless their removal was accepted. Anything that already says the same is left alone.
 *
 * @throws {InputError} if the published spec cannot be merged or generated from; then nothing is
 *   written.
 */
export async function updateSpec(
  drift: Drift & PublishedSpec,
  { generated, day }: UpdateOptions,
): Promise<Update> {
  const { base, published, document, pulled } = drift;
  const spec = dirname(base);
  const folder = join(spec, "fragments");
  const ours = await readSpec(base);
  const changes = await fragmentChanges({
    folder,
    base: ours.root,
    published: document.root,
    address: published,
    pulled: pulled?.fragments,
    accepted: acceptedlyGone(drift),
  });
  const merged = merge(changes);
  checkNothingLost(merged, drift, changes);

  const texts = new Map<string, string | undefined>();
  for (const { source } of changes.changed) texts.set(source.file, source.text);
  for (const name of changes.removed) texts.set(join(folder, name), undefined);
  texts.set(join(spec, "sources.yaml"), await updatedSources(spec, changes, day));
  const source = { file: base, text: printDocument(merged, base, "npm run merge"), lineOffset: 0 };
  texts.set(base, source.text);
  const errorPages = (pulled?.pages ?? []).flatMap(({ errorRows }) => errorRows);
  const [names, errors, prices] = await Promise.all(
    ["names.yaml", "errors.yaml", "prices.yaml"].map((name) =>
      readSourceTextIfPresent(join(spec, name)),
    ),
  );
  const knowledge = { names, errors, prices };
  const updated = await updateKnowledge({ source, document: merged }, knowledge, errorPages);
  for (const [file, text] of updated) texts.set(file, text);

  const { files, warnings } = await generate(base, texts);
  for (const [name, content] of files) texts.set(join(generated, name), content);
  const namesAfter = names && { ...names, text: updated.get(names.file) ?? names.text };
  const client = clientChanges(
    { document: ours.root, methods: methodsOf({ source, document: ours.root }, names) },
    { document: merged, methods: methodsOf({ source, document: merged }, namesAfter) },
  );
  return { ...(await applyChanges(texts)), warnings, changes: client };
}

/** The operations that are no longer published and whose removal was accepted. */
function acceptedlyGone({ accepted }: Drift): Set<string> {
  const gone = accepted.filter(({ finding }) => finding.rule === "operation-removed");
  return new Set(gone.flatMap(({ finding }) => finding.reaches.map(({ operation }) => operation)));
}

function merge({ changed, unchanged, kept }: FragmentChanges): JsonObject {
  const preferred = new Set([...changed, ...unchanged].map(({ source }) => source));
  const sources = [...preferred, ...kept.map(({ source }) => source)];
  return mergeFragments(sources, { isTranscribed: (source) => !preferred.has(source) }).document;
}

/** After the update we must say exactly what is published, except for accepted differences. */
function checkNothingLost(
  merged: JsonObject,
  { base, published, document }: Drift & PublishedSpec,
  { kept }: FragmentChanges,
): void {
  const findings = findingsBetween(new ApiDocument(merged, base), document).filter(
    ({ rule }) => rule !== "operation-removed" || kept.length === 0,
  );
  const [first] = findings;
  if (!first) return;
  throw new InputError(
    `${published}: cannot be taken over whole, nothing was written: ${first.text} (${first.base.pointer})`,
  );
}

async function updatedSources(
  spec: string,
  { changed, removed }: FragmentChanges,
  day: string,
): Promise<string | undefined> {
  const file = join(spec, "sources.yaml");
  if (changed.length === 0 && removed.length === 0)
    return (await readSourceTextIfPresent(file))?.text;
  const sources = await SourcesFile.read(file);
  for (const { name, page } of changed) sources.recordVerbatim(name, page, day);
  for (const name of removed) sources.remove(name);
  return sources.toString();
}

/**
 * Generates from copies in a separate folder, because a spec that fails to generate must not
 * replace our files. Messages name the original files.
 */
async function generate(base: string, texts: ReadonlyMap<string, string | undefined>) {
  const spec = dirname(base);
  const staging = await mkdtemp(join(tmpdir(), "drift-update-"));
  const withOwnNames = (message: string) => message.replaceAll(staging, spec);
  try {
    const own = (await readdir(spec)).filter((name) => /\.ya?ml$/.test(name));
    for (const name of new Set([...own, basename(base)])) {
      const file = join(spec, name);
      const text = texts.has(file) ? texts.get(file) : (await readSourceTextIfPresent(file))?.text;
      if (text !== undefined) await writeFileAtomically(join(staging, name), text);
    }
    const { files, warnings } = await generatedFiles(join(staging, basename(base)));
    return { files, warnings: warnings.map(withOwnNames) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(withOwnNames(error.message));
    throw error;
  } finally {
    await rm(staging, { recursive: true });
  }
}
