import { runCommand } from "./lib/command.js";
import { pullPages } from "./pull/pull-pages.js";
import { writeFragments } from "./pull/write-fragments.js";

await runCommand({
  name: "npm run pull --",
  summary: "Reads the docs index and its pages and extracts the OpenAPI fragments they carry.",
  options: {
    index: {
      type: "string",
      value: "URL",
      default: "https://docs.pikzels.com/llms.txt",
      help: "the docs index: an address of an llms.txt, such a file, or a folder of .md pages",
    },
    out: {
      type: "string",
      value: "DIR",
      default: "spec/fragments",
      help: "folder of the fragments; sources.yaml is beside it",
    },
  },
  exitCodes: {
    0: "every page was read and every fragment is in place",
    2: "nothing usable, or something was wrong with a page; what is right was written",
  },
  run: async ({ index, out }) => {
    const { fragments, problems } = await pullPages({ index });
    const written = await writeFragments(fragments, out, new Date().toISOString().slice(0, 10));
    for (const { fragment, change } of written) {
      process.stdout.write(`${change.padEnd(9)}  ${fragment.fileName}  ${fragment.page}\n`);
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return problems.length > 0 || fragments.length === 0 ? 2 : 0;
  },
});
