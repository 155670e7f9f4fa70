import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { fillMarkedBlocks } from "../lib/marked-blocks.js";
import { testedWithTable, type TestedWith } from "./tested-with.js";
import { objectAt } from "../../src/openapi/json.js";
import { documentedOperations, generatedDocument } from "./documented-operations.js";
import { introductionOf } from "./introduction.js";
import { methodsTable } from "./methods-table.js";
import { optionsTable } from "./options-table.js";

/** The README with its generated parts updated; the rest of it is written by hand. */
export async function readmePage(): Promise<string> {
  const [page, sources, testedWith] = await Promise.all(
    ["README.md", "spec/sources.yaml", "docs/tested-with.json"].map((file) =>
      readFile(file, "utf8"),
    ),
  );
  const document = await generatedDocument();
  return fillMarkedBlocks("README.md", page ?? "", {
    "first-program": introductionOf(document, documentedOperations(document)).short,
    confirmation: confirmation(load(sources ?? "")),
    methods: await methodsTable(),
    options: optionsTable(),
    "tested-with": testedWithTable(JSON.parse(testedWith ?? "[]") as TestedWith[]),
  });
}

/** The page for coding agents with its program updated. */
export async function agentsPage(): Promise<string> {
  const document = await generatedDocument();
  return fillMarkedBlocks("AGENTS.md", await readFile("AGENTS.md", "utf8"), {
    "whole-program": introductionOf(document, documentedOperations(document)).whole,
  });
}

/** How much of the spec was published verbatim, and what to run to find out about the rest. */
export function confirmation(sources: unknown): string {
  const fragments = Object.values(objectAt(sources, "fragments"));
  const transcribed = fragments.filter((entry) => objectAt(entry)["kind"] !== "verbatim");
  if (transcribed.length === 0)
    return "Every operation of the spec is the published one, word for word.";
  const open = transcribed.filter((entry) => objectAt(entry)["confirmed"] === undefined);
  const counted = `${inWords(transcribed.length, true)} of ${inWords(fragments.length)} operations are transcribed`;
  const replaced = "the next `npm run pull` against the live docs replaces them.";
  if (open.length === 0)
    return `${counted}; what the service confirmed of them stands in [\`spec/sources.yaml\`](spec/sources.yaml), and ${replaced}`;
  return (
    `**${counted} and not yet confirmed**: [\`spec/sources.yaml\`](spec/sources.yaml) says what may ` +
    "still differ. `npm run probe` asks the service, with a key and without a bill, and " +
    replaced
  );
}

const WORDS =
  "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );

function inWords(count: number, first = false): string {
  const word = WORDS[count] ?? String(count);
  return first ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
