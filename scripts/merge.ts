import { runCommand } from "./lib/command.js";
import { DEFAULTS, runMerge } from "./merge/index.js";

await runCommand({
  name: "npm run merge --",
  summary: "Merges OpenAPI fragments, one operation each, into one document.",
  options: {
    fragments: {
      type: "string",
      value: "DIR",
      default: DEFAULTS.fragments,
      help: "folder of .yaml, .yml and .json fragments and .md docs pages",
    },
    out: {
      type: "string",
      value: "FILE",
      default: DEFAULTS.out,
      help: "where the document goes: JSON if it ends in .json, else YAML",
    },
    check: { type: "boolean", help: "writes nothing; says whether FILE is up to date" },
  },
  exitCodes: {
    0: "merged, or up to date",
    1: "FILE is stale (--check)",
    2: "bad input or a conflict; nothing is written",
  },
  run: runMerge,
});
