import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../lib/write-file.js";
import { FOR_MAINTAINERS, FRONT_PAGE, type NavigationEntry } from "./navigation.js";
import { stagedAs } from "./stage-pages.js";

/**
 * Writes `llms.txt` (https://llmstxt.org), an index of the site for agents, and next to it each
 * listed page as Markdown.
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

/**
 * A title, what the package is, and a list of pages for each part of the navigation. Pages for
 * maintainers are under `Optional`, which the format lets agents skip.
 */
function llmsIndex(frontPage: string, navigation: readonly NavigationEntry[]): string {
  const [title = "", summary = ""] = frontPage.split(/\n{2,}/);
  const forMaintainers = navigation.filter(({ label }) => FOR_MAINTAINERS.includes(label));
  const forUsers = navigation.filter((entry) => !forMaintainers.includes(entry));
  const section = (heading: string, entries: readonly NavigationEntry[]) =>
    entries.length > 0 ? [[`## ${heading}`, "", ...entries.map(line)].join("\n")] : [];
  const parts = [
    title,
    `> ${summary.replaceAll("\n", " ")}`,
    ...section(
      "Start here",
      forUsers.filter(({ children }) => children.length === 0),
    ),
    ...forUsers.flatMap(({ label, children }) => section(label, children)),
    ...section(
      "Optional",
      forMaintainers.flatMap((entry) => [entry, ...entry.children]),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function line({ page, label, summary }: NavigationEntry): string {
  return `- [${label}](${stagedAs(page.path)})${summary ? `: ${summary}` : ""}`;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n[^]*?\n---\n+/, "");
}
