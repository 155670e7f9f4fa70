import { runCommand } from "./lib/command.js";
import { runPull } from "./pull/index.js";

await runCommand({
  name: "npm run pull --",
  summary: "Reads the docs index and its pages and extracts the OpenAPI fragments they carry.",
  options: {
    index: {
      type: "string",
      value: "URL",
      default: "https://docs.pikzels.com/llms.txt",
      help: "the docs index: the address of an llms.txt or llms-full.txt, such a file, or a folder of pages",
    },
    document: {
      type: "string",
      value: "PATH",
      help: "which document to take if the pages carry fragments of several: /v2.json",
    },
    out: {
      type: "string",
      value: "DIR",
      default: "spec/fragments",
      help: "folder of the fragments; sources.yaml and errors.yaml are beside it",
    },
  },
  exitCodes: {
    0: "every page was read, and its fragments are in place",
    1: "a page or a block was not taken; what is right was written",
    2: "nothing usable, or several documents; nothing is written",
  },
  run: runPull,
});
