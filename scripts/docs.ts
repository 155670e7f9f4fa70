import { writePages } from "./docs/index.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm run docs:pages --",
  summary:
    "Writes the pages and tables of the documentation that follow from the spec or from the code.",
  options: { check: { type: "boolean", help: "writes nothing; says which pages are stale" } },
  exitCodes: { 0: "written, or up to date", 1: "a page is stale (--check)", 2: "bad input" },
  run: writePages,
});
