import { setFlagsFromString } from "node:v8";
import { runCommand } from "./lib/command.js";
import { DEFAULTS, runMerge } from "./merge/run-merge.js";

// What parsing leaves behind is dead at once, but V8 lets the space for new objects grow all the same:
// a quarter of the memory of a large merge, and no time gained by it.
setFlagsFromString("--semi-space-growth-factor=1");

await runCommand({
  name: "npm run merge --",
  summary: "Merges OpenAPI 3.0 fragments, one operation each, into one document.",
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
