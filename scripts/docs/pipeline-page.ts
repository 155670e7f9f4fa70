import { readFile } from "node:fs/promises";
import { InputError } from "../lib/input-error.js";
import { fillMarkedBlocks } from "../lib/marked-blocks.js";
import { table } from "./markdown.js";
import { publishedForms, type PublishedForm } from "./published-forms.js";
import { runPipeline } from "./run-pipeline.js";

const FILE = "docs/pipeline.md";

/** The guide on the pipeline, with the table of accepted and rejected forms regenerated. */
export async function pipelinePage(): Promise<string> {
  const rows: string[][] = [];
  for (const form of publishedForms) rows.push([form.says, await outcomeOf(form)]);
  const page = await readFile(FILE, "utf8");
  return fillMarkedBlocks(FILE, page, { forms: table(["Published", "What becomes of it"], rows) });
}

/** What pull, merge and generate make of a form, in words. Found out by running them. */
async function outcomeOf(form: PublishedForm): Promise<string> {
  try {
    const { fileNames, warnings } = await runPipeline(form);
    const taken = `taken, as ${fileNames.map((name) => `\`${name}\``).join(" and ")}`;
    return [taken, ...warnings.map(quoted)].join(", with the warning ");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first = "", ...others] = error.message.split("\n");
    return `refused: ${quoted(first)}${others.length > 0 ? " …" : ""}`;
  }
}

/** A message without file positions, which belong to the sample. */
function quoted(message: string): string {
  const text = message.replaceAll(/(?:https:\/\/[\w.-]+)?\/[\w./-]+(?::\d+)+/g, "…");
  return `\`${text.replace(/^…: (?:warning: )?/, "")}\``;
}
