import { copyFile, mkdir } from "node:fs/promises";
import { dirname, extname, join, posix } from "node:path";
import { stringify } from "yaml";
import { writeFileAtomically } from "../lib/write-file.js";
import { FRONT_PAGE, navigationOf, TOP_PAGES, type NavigationEntry } from "./navigation.js";
import { linksOf, markdownOf, readPage, targetOf, type Page } from "./pages.js";

/** The pages in the form that TypeDoc expects. */
export interface StagedPages {
  readme: string;
  /** The top level of the navigation, in order. */
  documents: string[];
  /** The same, for `llms.txt`. */
  navigation: NavigationEntry[];
}

/**
 * Writes the Markdown pages of the repository to a folder, along with everything in the repository
 * that they link to, as pages too. The site is therefore self-contained, wherever the repository
 * is.
 */
export async function stagePages(folder: string): Promise<StagedPages> {
  const { pages, media } = await readLinkedPages([FRONT_PAGE, ...TOP_PAGES]);
  const navigation = navigationOf(pages);
  const frontPage = pages.get(FRONT_PAGE);
  if (frontPage) await stage(folder, { page: frontPage, label: frontPage.title, children: [] });
  for (const entry of navigation) {
    for (const one of [entry, ...entry.children]) await stage(folder, one);
  }
  for (const file of media) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await copyFile(file, join(folder, file));
  }
  return {
    readme: join(folder, FRONT_PAGE),
    documents: navigation.map(({ page }) => join(folder, stagedAs(page.path))),
    navigation,
  };
}

/** Reads the pages, the pages that they link to, and so on. */
async function readLinkedPages(start: readonly string[]) {
  const pages = new Map<string, Page>();
  const media = new Set<string>();
  const queue = new Set(start);
  for (const path of queue) {
    if (isPicture(path)) {
      media.add(path);
      continue;
    }
    const page = await readPage(path);
    pages.set(path, page);
    for (const { target } of linksOf(page)) queue.add(targetOf(target));
  }
  return { pages, media };
}

async function stage(folder: string, { page, label, children }: NavigationEntry): Promise<void> {
  const from = stagedAs(page.path);
  const lead = (target: string) => posix.relative(posix.dirname(from), stagedAs(targetOf(target)));
  const below = children.map((one) => [one.label, lead(one.page.path)] as const);
  const matter = {
    title: label,
    ...(below.length > 0 && { children: Object.fromEntries(below) }),
  };
  const text = `---\n${stringify(matter)}---\n\n${markdownOf(page, lead)}`;
  await writeFileAtomically(join(folder, from), text);
}

/** The location of a page in the folder where it is staged. */
export function stagedAs(path: string): string {
  return extname(path) === ".md" || isPicture(path) ? path : `${path}.md`;
}

function isPicture(path: string): boolean {
  return [".svg", ".png"].includes(extname(path));
}
