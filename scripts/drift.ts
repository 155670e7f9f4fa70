import { InputError } from "./lib/input-error.js";
import { runCommand } from "./lib/command.js";
import { findDrift, isDrift, type FailOn } from "./drift/drift.js";
import { levels } from "./drift/levels.js";
import { jsonReport } from "./drift/report/json.js";
import { textReport } from "./drift/report/text.js";

const reports = { text: textReport, json: jsonReport } as const;

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
      help: "theirs, or a docs index (llms.txt or a folder of pages)",
    },
    format: {
      type: "string",
      value: Object.keys(reports).join("|"),
      default: "text",
      help: "how the findings are written",
    },
    "fail-on": {
      type: "string",
      value: "breaking|additive|docs|none",
      default: "additive",
      help: "the level from which on findings are drift",
    },
    accept: {
      type: "string",
      value: "FILE",
      help: "findings that are accepted (default: drift-accept.yaml beside the base)",
    },
  },
  exitCodes: {
    0: "nothing at the level of --fail-on or above",
    1: "drift",
    2: "could not compare; the reason is on standard error",
  },
  run: async ({ base, published, format, "fail-on": level, accept }) => {
    const failOn = oneOf("--fail-on", level, [...levels, "none"] as const) satisfies FailOn;
    const report = reports[oneOf("--format", format, ["text", "json"] as const)];
    const drift = await findDrift({ base, published, accept });
    process.stdout.write(report(drift, failOn));
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
  throw new InputError(`${option} is ${choices.join(", ")}, not ${value}.`);
}
