import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { markdownPages, root } from "./snippets.js";

test.each(await markdownPages())("every file that %s links to exists", async (page) => {
  const text = await readFile(join(root, page), "utf8");
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(
    ([, target = ""]) => target,
  );
  for (const target of targets) {
    const file = join(root, dirname(page), target);
    await expect(access(file), `${page} → ${target}`).resolves.toBeUndefined();
  }
});
