import { linksOf, targetOf, type Page } from "./pages.js";

/** The page that greets. */
export const FRONT_PAGE = "README.md";
/** Below each, in the navigation, come the pages that it is the first to link to. */
const OVERVIEWS = ["docs/README.md", "examples/README.md", "docs/maintaining.md"];
const LABELS = new Map([
  ["docs/README.md", "Guides"],
  ["examples/README.md", "Examples"],
  ["AGENTS.md", "For coding agents"],
  ["SECURITY.md", "Security"],
  ["CHANGELOG.md", "Changelog"],
  ["docs/maintaining.md", "Maintaining"],
]);
/** Every page that is there by itself, and not for a link to it. */
export const TOP_PAGES = [...LABELS.keys()];
/** Above what the pages link to and no overview does. */
const OTHERS: Page = {
  path: "files.md",
  base: ".",
  title: "Files",
  words: "# Files\n\nOther files of the repository that these pages speak of.",
  files: [],
};

/** A page and its place in the navigation. */
export interface NavigationEntry {
  page: Page;
  label: string;
  children: NavigationEntry[];
}

/** Gives every page one place in the navigation, by the links of the overviews. */
export function navigationOf(pages: ReadonlyMap<string, Page>): NavigationEntry[] {
  const placed = new Set([FRONT_PAGE, ...TOP_PAGES]);
  const place = (path: string, label?: string): NavigationEntry[] => {
    const page = pages.get(path);
    if (!page || placed.has(path)) return [];
    placed.add(path);
    return [{ page, label: label ?? page.title, children: [] }];
  };
  const top = TOP_PAGES.flatMap((path) => {
    const page = pages.get(path);
    if (!page) return [];
    const links = OVERVIEWS.includes(path) ? linksOf(page) : [];
    const children = links.flatMap(({ target, label }) => place(targetOf(target), label));
    return [{ page, label: LABELS.get(path) ?? page.title, children }];
  });
  const rest = [...pages.keys()].sort().flatMap((path) => place(path));
  return [...top, { page: OTHERS, label: OTHERS.title, children: rest }];
}
