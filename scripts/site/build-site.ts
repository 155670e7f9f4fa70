import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stagePages } from "./stage-pages.js";
import { renderSite } from "./typedoc.js";

/**
 * Builds the site: stages the Markdown pages, reads the entry points, renders both. Whatever TypeDoc
 * would only warn of is an error. The folder is replaced when all of it is there.
 *
 * @throws {InputError} one line a problem.
 */
export async function buildSite(out: string): Promise<{ pages: number }> {
  const target = resolve(out);
  const next = `${target}.${randomUUID()}.tmp`;
  const staging = await mkdtemp(join(tmpdir(), "pikzels-site-"));
  try {
    await renderSite(await stagePages(staging), next);
    await replaceFolder(target, next);
  } finally {
    await rm(staging, { recursive: true });
    await rm(next, { recursive: true, force: true });
  }
  const files = await readdir(target, { recursive: true });
  return { pages: files.filter((file) => file.endsWith(".html")).length };
}

async function replaceFolder(target: string, next: string): Promise<void> {
  const previous = `${next}.previous`;
  const hadOne = await rename(target, previous).then(
    () => true,
    () => false,
  );
  await rename(next, target);
  if (hadOne) await rm(previous, { recursive: true });
}
