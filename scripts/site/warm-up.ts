import { readFile } from "node:fs/promises";
import { JSX, type Renderer } from "typedoc";
import { fencedBlocks } from "../lib/fenced-blocks.js";

const OTHER_LANGUAGES = [
  '```yaml\nname: docs\non: [push]\n# why\na: { b: "c", d: 1 }\n```',
  '```json\n{ "a": [1, "b", null, true] }\n```',
  "```tsx\nexport const a = <b c={1}>d</b>;\n```",
];

/**
 * Highlights some code before the first page is rendered. The highlighter gives up on a line after
 * half a second and leaves it in one colour. On a busy machine the first lines take longer, because
 * the rules of a language are compiled on first use.
 */
export async function warmUpHighlighting(renderer: Renderer, page: string): Promise<void> {
  const blocks = fencedBlocks(await readFile(page, "utf8")).map(
    ({ info, text }) => `\`\`\`${info}\n${text}\n\`\`\``,
  );
  let isWarm = false;
  renderer.hooks.on("head.begin", (context) => {
    for (const text of isWarm ? [] : [...OTHER_LANGUAGES, ...blocks, ...blocks])
      context.markdown([{ kind: "text", text }]);
    isWarm = true;
    return JSX.createElement(JSX.Fragment, null);
  });
}
