import { linksOf, targetOf, type Page } from "./pages.js";

/** The landing page. */
export const FRONT_PAGE = "README.md";
/** In the navigation, each of these is followed by the pages that it is the first to link to. */
const OVERVIEWS = ["docs/README.md", "examples/README.md", "docs/maintaining.md"];
const TOP = new Map([
  ["docs/README.md", { label: "Guides" }],
  ["examples/README.md", { label: "Examples" }],
  ["AGENTS.md", { label: "For coding agents", summary: "rules and a whole program on one page" }],
  ["SECURITY.md", { label: "Security", summary: "what the client protects, and whom to tell" }],
  ["CHANGELOG.md", { label: "Changelog", summary: "what each version changed" }],
  ["docs/maintaining.md", { label: "Maintaining" }],
]);
/** Pages that are always included, without a link to them. */
export const TOP_PAGES = [...TOP.keys()];
/** The parent of pages that have links from other pages, but not from an overview. */
const OTHERS: Page = {
  path: "files.md",
  base: ".",
  title: "Files",
  words: "# Files\n\nOther files of the repository that these pages speak of.",
  files: [],
};

/** Only needed by people who work on the client itself. */
export const FOR_MAINTAINERS = ["Maintaining", OTHERS.title];

/** A page and its place in the navigation. */
export interface NavigationEntry {
  page: Page;
  label: string;
  /** What it is about, as a short phrase. */
  summary?: string | undefined;
  children: NavigationEntry[];
}

/** Gives every page one place in the navigation, based on the links of the overviews. */
export function navigationOf(pages: ReadonlyMap<string, Page>): NavigationEntry[] {
  const placed = new Set([FRONT_PAGE, ...TOP_PAGES]);
  const place = (path: string, label?: string, summary?: string): NavigationEntry[] => {
    const page = pages.get(path);
    if (!page || placed.has(path)) return [];
    placed.add(path);
    return [{ page: introduce(page, summary), label: label ?? page.title, summary, children: [] }];
  };
  const top = [...TOP].flatMap(([path, described]) => {
    const page = pages.get(path);
    if (!page) return [];
    const links = OVERVIEWS.includes(path) ? linksOf(page) : [];
    const children = links.flatMap(({ target, label, summary }) =>
      place(targetOf(target), label, summary),
    );
    return [{ page, ...described, children }];
  });
  const rest = [...pages.keys()].sort().flatMap((path) => place(path));
  return [...top, { page: OTHERS, label: OTHERS.title, children: rest }];
}

/** Introduces a folder without a README with the summary from its overview. */
function introduce(page: Page, summary: string | undefined): Page {
  if (page.words.includes("\n") || !summary) return page;
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return { ...page, words: `${page.words}\n\n${sentence}` };
}
