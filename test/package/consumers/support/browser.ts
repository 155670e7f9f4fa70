import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findChromium, startChromium } from "../../../support/chromium.js";
import { serveFolder } from "../../../support/serve-folder.js";
import { run } from "./run.js";
import { tool, versionOf } from "./toolchains.js";

/** Builds the pages of the project with Vite. */
export async function buildPages(project: string): Promise<void> {
  await run(process.execPath, [tool("vite/bin/vite.js"), "build"], { cwd: project });
}

/**
 * Runs one of `programs/programs.mjs` in a page, and resolves to its result and its console
 * warnings.
 */
export async function runInChromium(
  project: string,
  program: string,
  options: Record<string, unknown>,
  browserArgs: readonly string[] = [],
): Promise<{ ends: unknown; warnings: string[] }> {
  const query = new URLSearchParams({ program, options: JSON.stringify(options) });
  const told = await openPage(project, `program.html?${query}`, browserArgs);
  return told as { ends: unknown; warnings: string[] };
}

/** Opens a built page in Chromium, and resolves to what the page posts to `/result`. */
export async function openPage(
  project: string,
  pageAndQuery: string,
  browserArgs: readonly string[] = [],
): Promise<unknown> {
  let resolve: (value: unknown) => void = () => undefined;
  const result = new Promise<unknown>((settle) => (resolve = settle));
  const site = await serveFolder(join(project, "site"), resolve);
  onTestFinished(() => site.close());
  const page = `${site.url}/${pageAndQuery}`;
  const browser = await startChromium(await findChromium(), [
    "--remote-debugging-port=0",
    ...browserArgs,
    page,
  ]);
  onTestFinished(browser.close);
  return result;
}

/** Describes the browser for the table of what the package was tested with. */
export async function chromiumTested(project: string) {
  const words = await run(await findChromium(), ["--version"], { cwd: project });
  const [version = ""] = /\d+/.exec(words) ?? [];
  const vite = await versionOf("vite");
  return {
    environment: "Chromium",
    version,
    way: `built by Vite ${vite}, with \`dangerouslyAllowBrowser\``,
  };
}
