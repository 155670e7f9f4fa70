import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { InputError } from "../lib/input-error.js";
import { writeForAgents } from "./for-agents.js";
import { stagePages } from "./stage-pages.js";
import { readReference } from "./typedoc.js";

/**
 * Builds the site: stages the Markdown pages, reads the entry points, renders both. TypeDoc's
 * warnings are errors. The old folder is replaced only when everything is done.
 *
 * @param onStep Called after each of the three steps.
 * @throws {InputError} one line per problem; also if the folder holds something other than a site.
 */
export async function buildSite(
  out: string,
  onStep: (what: string) => void = () => undefined,
): Promise<{ pages: number }> {
  const target = resolve(out);
  await refuseToReplaceOthers(target, out);
  const next = `${target}.${randomUUID()}.tmp`;
  const staging = await mkdtemp(join(tmpdir(), "pikzels-site-"));
  try {
    const pages = await stagePages(staging);
    onStep("read the pages");
    const reference = await readReference(pages);
    onStep("read what is exported");
    await reference.render(next);
    await writeForAgents(next, staging, pages.navigation);
    onStep("rendered");
    await replaceFolder(target, next);
  } finally {
    await rm(staging, { recursive: true });
    await rm(next, { recursive: true, force: true });
  }
  const files = await readdir(target, { recursive: true });
  return { pages: files.filter((file) => file.endsWith(".html")).length };
}

/** What TypeDoc puts in every site, for GitHub Pages. */
const MARK = ".nojekyll";

async function refuseToReplaceOthers(target: string, out: string): Promise<void> {
  const files = await readdir(target).catch((error: unknown): string[] => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new InputError(`${out} is not a folder that a site can be built in.`);
  });
  if (files.length > 0 && !files.includes(MARK))
    throw new InputError(
      `${out} holds something else than a site: name another folder, or empty it.`,
    );
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
