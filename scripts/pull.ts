import { runCommand } from "./lib/command.js";
import { runPull } from "./pull/run-pull.js";

await runCommand({
  name: "npm run pull --",
  summary: "Reads the docs index and its pages and extracts the OpenAPI fragments they carry.",
  options: {
    index: {
      type: "string",
      value: "URL",
      default: "https://docs.pikzels.com/llms.txt",
      help: "the docs index: the address of an llms.txt, such a file, or a folder of pages",
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
    2: "nothing usable, or something is wrong with a page (what is right was written)",
  },
  run: runPull,
});
