import { readFile } from "node:fs/promises";
import pc from "picocolors";
import { runCommand } from "./lib/command.js";
import { writeFileAtomically } from "./lib/write-file.js";
import { mergeFragments } from "./merge/merge-fragments.js";
import { printDocument } from "./merge/print-document.js";
import { readFolder } from "./merge/read-folder.js";
import { readTranscribed } from "./merge/transcribed.js";

const DEFAULTS = { fragments: "spec/fragments", out: "spec/openapi.yaml" };

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
  run: async ({ fragments: folder, out, check }) => {
    const { fragments, pagesWithout } = await readFolder(folder, out);
    const isTranscribed = await readTranscribed(folder);
    const { document, warnings } = mergeFragments(fragments, { isTranscribed });
    const command = commandLine({ fragments: folder, out });
    const text = printDocument(document, out, command);

    for (const page of pagesWithout) warn(`${page}: warning: has no OpenAPI block; left out`);
    for (const warning of warnings) warn(warning);
    if (check) return await checkFile(out, text, command);
    await writeFileAtomically(out, text);
    const count = fragments.length === 1 ? "1 fragment" : `${fragments.length} fragments`;
    process.stdout.write(`${pc.green("merged")} ${count} into ${out}\n`);
    return 0;
  },
});

async function checkFile(file: string, text: string, command: string): Promise<number> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) {
    process.stdout.write(`${file} is up to date\n`);
    return 0;
  }
  const state = present === undefined ? "is missing" : "is stale";
  process.stderr.write(`${file} ${state}: run ${command}\n`);
  return 1;
}

/** The command that makes this document again, with the options that are not the defaults. */
function commandLine(options: typeof DEFAULTS): string {
  const given = (["fragments", "out"] as const)
    .filter((name) => options[name] !== DEFAULTS[name])
    .map((name) => `--${name} ${options[name]}`);
  return ["npm run merge", ...(given.length > 0 ? ["--", ...given] : [])].join(" ");
}

function warn(line: string) {
  process.stderr.write(`${pc.yellow(line)}\n`);
}
