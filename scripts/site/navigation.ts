import { linksOf, targetOf, type Page } from "./pages.js";

/** The page that greets. */
export const FRONT_PAGE = "README.md";
/** Below each, in the navigation, come the pages that it is the first to link to. */
const OVERVIEWS = ["docs/README.md", "examples/README.md", "docs/maintaining.md"];
const TOP = new Map([
  ["docs/README.md", { label: "Guides" }],
  ["examples/README.md", { label: "Examples" }],
  ["AGENTS.md", { label: "For coding agents", summary: "rules and a whole program on one page" }],
  ["SECURITY.md", { label: "Security", summary: "what the client protects, and whom to tell" }],
  ["CHANGELOG.md", { label: "Changelog", summary: "what each version changed" }],
  ["docs/maintaining.md", { label: "Maintaining" }],
]);
/** Every page that is there by itself, and not for a link to it. */
export const TOP_PAGES = [...TOP.keys()];
/** Above what the pages link to and no overview does. */
const OTHERS: Page = {
  path: "files.md",
  base: ".",
  title: "Files",
  words: "# Files\n\nOther files of the repository that these pages speak of.",
  files: [],
};

/** What only those need who work on the client itself. */
export const FOR_MAINTAINERS = ["Maintaining", OTHERS.title];

/** A page and its place in the navigation. */
export interface NavigationEntry {
  page: Page;
  label: string;
  /** What it is about, in half a sentence. */
  summary?: string | undefined;
  children: NavigationEntry[];
}

/** Gives every page one place in the navigation, by the links of the overviews. */
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

/** Begins a folder that has no README with what its overview says of it. */
function introduce(page: Page, summary: string | undefined): Page {
  if (page.words.includes("\n") || !summary) return page;
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return { ...page, words: `${page.words}\n\n${sentence}` };
}
