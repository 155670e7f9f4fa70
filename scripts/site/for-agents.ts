import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../lib/write-file.js";
import { FRONT_PAGE, type NavigationEntry } from "./navigation.js";
import { stagedAs } from "./stage-pages.js";

/**
 * Writes `llms.txt` (https://llmstxt.org), an index of the site for agents, and beside it each page that
 * it lists as Markdown.
 */
export async function writeForAgents(
  site: string,
  staging: string,
  navigation: readonly NavigationEntry[],
): Promise<void> {
  const listed = navigation.flatMap((entry) => [entry, ...entry.children]);
  const paths = [FRONT_PAGE, ...listed.map(({ page }) => page.path)].map(stagedAs);
  for (const path of paths) {
    const text = await readFile(join(staging, path), "utf8");
    await writeFileAtomically(join(site, path), withoutFrontMatter(text));
  }
  const frontPage = withoutFrontMatter(await readFile(join(staging, FRONT_PAGE), "utf8"));
  await writeFileAtomically(join(site, "llms.txt"), llmsIndex(frontPage, navigation));
}

/** A title, what the package is, and a list of pages for each part of the navigation. */
function llmsIndex(frontPage: string, navigation: readonly NavigationEntry[]): string {
  const [title = "", summary = ""] = frontPage.split(/\n{2,}/);
  const parts = navigation.map(({ page, label, children }) =>
    [`## ${label}`, ...[{ page, label }, ...children].map(line)].join("\n"),
  );
  return `${[title, `> ${summary.replaceAll("\n", " ")}`, ...parts].join("\n\n")}\n`;
}

function line({ page, label }: Pick<NavigationEntry, "page" | "label">): string {
  return `- [${label}](${stagedAs(page.path)})`;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n[^]*?\n---\n+/, "");
}
