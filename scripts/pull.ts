import { dirname, join } from "node:path";
import { runCommand } from "./lib/command.js";
import { startProgress, type Progress } from "./lib/progress.js";
import { readErrorCatalogue } from "./pull/error-catalogue.js";
import { pullPages } from "./pull/pull-pages.js";
import { nothingUsable, pageLine, summary, warnings } from "./pull/report.js";
import { writeFragments } from "./pull/write-fragments.js";

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
  run: async ({ index, out }) => {
    const catalogue = await readErrorCatalogue(join(dirname(out), "errors.yaml"));
    let progress: Progress | undefined;
    const pulled = await pullPages({
      index,
      knownErrorCodes: [...catalogue.keys()],
      onIndex: (pages) => (progress = startProgress("Reading pages", pages)),
      onPage: (report) => progress?.step(pageLine(report)),
    }).finally(() => progress?.stop());
    if (pulled.fragments.length === 0) throw nothingUsable(index, pulled);

    const written = await writeFragments(pulled.fragments, out, today());
    process.stdout.write(asLines(summary(pulled, written)));
    process.stderr.write(asLines([...warnings(pulled, written, catalogue), ...pulled.problems]));
    return pulled.problems.length > 0 ? 2 : 0;
  },
});

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
