import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { errorsPage } from "./docs/errors-page.js";
import { operationsPage } from "./docs/operations-page.js";
import { runCommand } from "./lib/command.js";
import { writeFileAtomically } from "./lib/write-file.js";

/** The pages that are made from what is generated from the spec. */
const PAGES = { "docs/errors.md": errorsPage, "docs/operations.md": operationsPage };

await runCommand({
  name: "npm run docs:pages --",
  summary: "Writes the documentation pages that follow from the spec: the errors, the operations.",
  options: { check: { type: "boolean", help: "writes nothing; says which pages are stale" } },
  exitCodes: { 0: "written, or up to date", 1: "a page is stale (--check)", 2: "bad input" },
  run: async ({ check }) => {
    let exitCode = 0;
    for (const [file, page] of Object.entries(PAGES)) {
      const text = await format(await page(), {
        ...(await resolveConfig(file)),
        parser: "markdown",
      });
      const isFresh = (await readFile(file, "utf8").catch(() => undefined)) === text;
      if (!isFresh && check) {
        exitCode = 1;
        process.stderr.write(`${file} is stale: run npm run docs:pages\n`);
      } else {
        if (!isFresh) await writeFileAtomically(file, text);
        process.stdout.write(`${file} ${isFresh ? "is up to date" : "written"}\n`);
      }
    }
    return exitCode;
  },
});
