import { readFile } from "node:fs/promises";
import { runCommand } from "./lib/command.js";
import { writeFileAtomically } from "./lib/write-file.js";
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
    const isFresh = written === page;
    if (!isFresh && check) {
      process.stderr.write("README.md: its table is stale: run npm run tested-with\n");
      return 1;
    }
    if (!isFresh) await writeFileAtomically("README.md", written);
    process.stdout.write(`README.md ${isFresh ? "is up to date" : "written"}\n`);
    return 0;
  },
});
