import { InputError } from "./lib/input-error.js";
import { runCommand } from "./lib/command.js";
import { findDrift, isDrift, type FailOn } from "./drift/drift.js";
import { levels } from "./drift/levels.js";
import { changelogEntry } from "./drift/report/changelog.js";
import { githubReport } from "./drift/report/github.js";
import { jsonReport } from "./drift/report/json.js";
import { markdownReport } from "./drift/report/markdown.js";
import { textReport } from "./drift/report/text.js";

const formats = ["text", "json", "markdown", "github"] as const;
const reports = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  github: githubReport,
};
const failOns = [...levels, "none"] as const satisfies readonly FailOn[];

await runCommand({
  name: "npm run drift --",
  summary: "Compares our spec with the published one and says what changed for programs.",
  options: {
    base: {
      type: "string",
      value: "FILE",
      default: "spec/openapi.yaml",
      help: "our OpenAPI document",
    },
    published: {
      type: "string",
      value: "URL|FILE",
      default: "https://docs.pikzels.com/openapi.json",
      help: "theirs, or a docs index (an llms.txt or a folder of pages)",
    },
    format: {
      type: "string",
      value: formats.join("|"),
      default: "text",
      help: "how the findings are written",
    },
    "fail-on": {
      type: "string",
      value: failOns.join("|"),
      default: "additive",
      help: "the level from which on findings are drift",
    },
    accept: {
      type: "string",
      value: "FILE",
      help: "findings that are accepted (default: drift-accept.yaml beside the base)",
    },
    update: {
      type: "boolean",
      help: "makes ours what is published (fragments, document, generated files) and prints a changelog entry",
    },
    generated: {
      type: "string",
      value: "DIR",
      default: "src/generated",
      help: "folder of the generated files, for --update",
    },
  },
  exitCodes: {
    0: "nothing at the level of --fail-on or above, or updated",
    1: "drift",
    2: "could not compare, or not update; the reason is on standard error",
  },
  run: async ({ base, published, format, "fail-on": level, accept, update, generated }) => {
    const failOn = oneOf("--fail-on", level, failOns);
    const report = reports[oneOf("--format", format, formats)];
    const drift = await findDrift({ base, published, accept });
    if (update) {
      // Only here: generating loads a compiler, which no comparison should wait for.
      const { updateSpec } = await import("./drift/update/update.js");
      const day = new Date().toISOString().slice(0, 10);
      await updateSpec(drift, { generated, day });
      process.stdout.write(changelogEntry(drift, day));
      return 0;
    }
    process.stdout.write(await report(drift, failOn));
    return isDrift(drift.findings, failOn) ? 1 : 0;
  },
});

function oneOf<Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new InputError(`${option} is one of ${choices.join(", ")}, not ${value}`);
}
