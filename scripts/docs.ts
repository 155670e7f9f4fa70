import { errorsPage } from "./docs/errors-page.js";
import { operationsPage } from "./docs/operations-page.js";
import { readmePage } from "./docs/readme.js";
import { runCommand } from "./lib/command.js";
import { formatPage, writeOrCheckPage } from "./lib/generated-page.js";

/** The pages that follow from the spec, wholly or in part. */
const PAGES = {
  "README.md": readmePage,
  "docs/errors.md": errorsPage,
  "docs/operations.md": operationsPage,
};

await runCommand({
  name: "npm run docs:pages --",
  summary: "Writes the documentation pages that follow from the spec: README, errors, operations.",
  options: { check: { type: "boolean", help: "writes nothing; says which pages are stale" } },
  exitCodes: { 0: "written, or up to date", 1: "a page is stale (--check)", 2: "bad input" },
  run: async ({ check }) => {
    let exitCode = 0;
    for (const [file, page] of Object.entries(PAGES)) {
      const text = await formatPage(file, await page());
      const stale = `${file} is stale: run npm run docs:pages`;
      if (!(await writeOrCheckPage(file, text, { check, stale }))) exitCode = 1;
    }
    return exitCode;
  },
});
