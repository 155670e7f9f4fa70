import { readFile } from "node:fs/promises";

/** The published pages that are kept as fixtures, and the file names of their fragments. */
export const PUBLISHED = [
  ["create-style.md", "post_v2_pikzonality_style.yaml"],
  ["delete-pikzonality.md", "delete_v2_pikzonality_id.yaml"],
] as const;

/**
 * The block of a page, extracted by hand, so that a mistake in the extraction cannot hide itself.
 */
export async function publishedBlock(page: string): Promise<string> {
  const markdown = await readFile(`test/fixtures/docs/${page}`, "utf8");
  return markdown.split(/^````.*\n?/m)[1] ?? "";
}
