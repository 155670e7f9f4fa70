import type { CommandOption, OptionValues } from "../lib/command.js";
import { InputError } from "../lib/input-error.js";
import { findDrift, isDrift, type FailOn } from "./index.js";
import { levels } from "./rules.js";
import { githubReport } from "./report/github.js";
import { jsonReport } from "./report/summary.js";
import { markdownReport } from "./report/markdown.js";
import { textReport } from "./report/text.js";
import { redactKeys } from "../../src/wrappers/redact.js";

const formats = ["text", "json", "markdown", "github"] as const;
const reports = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  github: githubReport,
};
const failOns = [...levels, "none"] as const satisfies readonly FailOn[];

/** The options of a comparison, the same in this repository and for `pikzels-client drift`. */
export const driftOptions = {
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
  document: {
    type: "string",
    value: "PATH",
    help: "which document of a docs index to take if its pages are of several: /v2.json",
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
    help: "findings that are accepted (default: drift-accept.yaml beside the base, or here)",
  },
} as const satisfies Record<string, CommandOption>;

/**
 * Compares, and reports the findings.
 *
 * @returns The exit code: 1 for drift, else 0.
 * @throws {InputError} On bad options, and if the specs could not be compared.
 */
export async function runDrift(options: OptionValues<typeof driftOptions>): Promise<number> {
  const failOn = oneOf("--fail-on", options["fail-on"], failOns);
  const report = reports[oneOf("--format", options.format, formats)];
  const drift = await findDrift(options);
  process.stdout.write(redactKeys(await report(drift, failOn)));
  return isDrift(drift.findings, failOn) ? 1 : 0;
}

function oneOf<Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new InputError(`${option} is one of ${choices.join(", ")}, not ${value}`);
}
