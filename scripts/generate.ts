import { join } from "node:path";
import { generatedFiles } from "./generate/generated-files.js";
import { staleFiles } from "./generate/stale-files.js";
import { runCommand } from "./lib/command.js";
import { writeFileAtomically } from "./lib/write-file.js";

await runCommand({
  name: "npm run generate --",
  summary: "Generates the types, and the facts the client needs, from an OpenAPI document.",
  options: {
    spec: {
      type: "string",
      value: "FILE",
      default: "spec/openapi.yaml",
      help: "OpenAPI 3.0 or 3.1 document, YAML or JSON",
    },
    out: {
      type: "string",
      value: "DIR",
      default: "src/generated",
      help: "folder for the generated files",
    },
    errors: {
      type: "string",
      value: "FILE",
      help: "error catalogue (default: errors.yaml beside the document, if it is of the same API)",
    },
    check: { type: "boolean", help: "writes nothing, says whether the files are up to date" },
  },
  exitCodes: { 0: "done, or up to date", 1: "stale (--check)", 2: "bad input, nothing written" },
  async run({ spec, out, errors, check }) {
    const { files, operations, errorCodes, warnings } = await generatedFiles(spec, errors);
    for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
    if (check) return reportStale(out, files);

    // Only now that all could be made, so that a folder never holds half of one document.
    for (const [name, content] of files) await writeFileAtomically(join(out, name), content);
    process.stdout.write(
      `${out}: ${[...files.keys()].join(", ")} (${operations} operations, ${errorCodes} error codes)\n`,
    );
    return 0;
  },
});

async function reportStale(folder: string, files: ReadonlyMap<string, string>): Promise<number> {
  const stale = await staleFiles(folder, files);
  if (stale.length === 0) {
    process.stdout.write(`${folder}: up to date\n`);
    return 0;
  }
  process.stderr.write(`${stale.join("\n")}\nRun npm run generate and commit the result.\n`);
  return 1;
}
