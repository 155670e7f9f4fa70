import { readFile } from "node:fs/promises";
import { runCommand } from "./lib/command.js";
import { writeOrCheckPage } from "./lib/generated-page.js";
import { withTable, type TestedWith } from "./package/tested-with.js";

await runCommand({
  name: "npm run tested-with --",
  summary: "Writes what the consumer tests have covered into the README's table.",
  options: {
    check: { type: "boolean", help: "writes nothing, says whether the table is up to date" },
  },
  exitCodes: { 0: "done, or up to date", 1: "stale (--check)", 2: "the README has no table" },
  async run({ check }) {
    const rows = JSON.parse(await readFile("docs/tested-with.json", "utf8")) as TestedWith[];
    const page = await readFile("README.md", "utf8");
    const written = await withTable(page, rows);
    const stale = "README.md: its table is stale: run npm run tested-with";
    return (await writeOrCheckPage("README.md", written, { check, stale })) ? 0 : 1;
  },
});
