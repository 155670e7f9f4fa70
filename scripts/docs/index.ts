import { formatPage, writeOrCheckPage } from "../lib/generated-page.js";
import { driftPage } from "./drift-page.js";
import { errorsPage } from "./errors-page.js";
import { operationsPage } from "./operations-page.js";
import { pipelinePage } from "./pipeline-page.js";
import { agentsPage, readmePage } from "./readme.js";
import { reliabilityPage } from "./reliability.js";

/** The pages that are generated from the spec or the code, completely or in part. */
const PAGES = {
  "README.md": readmePage,
  "AGENTS.md": agentsPage,
  "docs/drift.md": driftPage,
  "docs/errors.md": errorsPage,
  "docs/operations.md": operationsPage,
  "docs/pipeline.md": pipelinePage,
  "docs/reliability.md": reliabilityPage,
};

/**
 * Writes the generated pages, or says which of them are stale.
 *
 * @returns the exit code: 1 if a checked page is stale.
 */
export async function writePages({ check }: { check: boolean }): Promise<number> {
  let exitCode = 0;
  for (const [file, page] of Object.entries(PAGES)) {
    const text = await formatPage(file, await page());
    const stale = `${file} is stale: run npm run docs:pages`;
    if (!(await writeOrCheckPage(file, text, { check, stale }))) exitCode = 1;
  }
  return exitCode;
}
