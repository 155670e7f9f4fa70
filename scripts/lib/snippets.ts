import { fencedBlocks } from "./fenced-blocks.js";

/** A TypeScript snippet from our documentation. */
export interface Snippet {
  /** Its position: `README.md:14`. */
  name: string;
  file: string;
  /** How many lines of the file come before its first. */
  lineOffset: number;
  code: string;
  /** Fenced as `ts no-run`: it needs a framework or a person, so it is only type-checked. */
  runs: boolean;
}

/** The snippets of a page, or of the docstrings of a module. */
export function snippetsIn(file: string, text: string): Snippet[] {
  const markdown = file.endsWith(".ts") ? withoutCommentStars(text) : text;
  return fencedBlocks(markdown)
    .filter(({ info }) => /^(ts|typescript)\b/.test(info))
    .map(({ info, text: code, lineOffset }) => ({
      name: `${file}:${lineOffset + 1}`,
      file,
      lineOffset,
      code,
      runs: !info.includes("no-run"),
    }));
}

/** Turns ` * code` into `code`, keeping the line numbers. */
function withoutCommentStars(module: string): string {
  return module.replace(/^[ \t]*\* ?/gm, "");
}
