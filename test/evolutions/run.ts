import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { errorColors } from "../../scripts/lib/colors.js";
import { formatPage, writeOrCheckPage } from "../../scripts/lib/generated-page.js";
import { startProgress } from "../../scripts/lib/progress.js";
import { FORMS, type Evolution, type Form } from "./evolution.js";
import { evolutions } from "./index.js";
import { STEPS, tryEvolution, type Outcome, type Step } from "./try-evolution.js";

const PAGE = "docs/pipeline.md";
const HELP = `Tries each next version of the spec: one command, then what its users do.

Usage: npm run test:evolutions -- [options]

  --only PATTERN  those with such a name; the table is then left as it is
  --form FORM     ${FORMS.join(" or ")} (default: both)
  --steps LIST    after the update, any of ${STEPS.slice(1).join(", ")} (default: all)
  --jobs N        how many at the same time (default: 1)

Exit codes:
  0  each is green, or stopped with the line it should stop with
  1  one of them is red
`;

interface Tried {
  evolution: Evolution;
  form: Form;
  outcome: Outcome;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    form: { type: "string" },
    steps: { type: "string", default: STEPS.join(",") },
    jobs: { type: "string", default: "1" },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else await main();

async function main(): Promise<void> {
  const pattern = new RegExp(values.only ?? "");
  const forms = FORMS.filter((form) => values.form === undefined || form === values.form);
  const wanted = values.steps.split(",");
  const steps = STEPS.filter((step) => step === "update" || wanted.includes(step));
  const jobs = evolutions
    .filter(({ name }) => pattern.test(name))
    .flatMap((evolution) => forms.map((form) => ({ evolution, form })));
  const tried = await tryAll(jobs, steps, Number(values.jobs));
  process.stdout.write(`${inNumbers(tried)}\n`);
  if (jobs.length === evolutions.length * FORMS.length) await writeTable(tried, steps);
  if (tried.some(({ outcome }) => outcome.verdict === "red")) process.exitCode = 1;
}

async function tryAll(
  jobs: readonly { evolution: Evolution; form: Form }[],
  steps: readonly Step[],
  concurrency: number,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const progress = startProgress("Evolutions", jobs.length);
  const waiting = [...jobs.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, job] = next;
      const outcome = await tryEvolution(job.evolution, job.form, steps);
      tried[index] = { ...job, outcome };
      progress.step(`${outcome.verdict}: ${job.evolution.name} (${job.form})`);
      const { failed } = outcome;
      if (failed) {
        const output = failed.output.trim().split("\n").slice(0, 12).join("\n  ");
        process.stderr.write(`${errorColors.red(failed.step)}\n  ${output}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  progress.stop();
  return tried;
}

function inNumbers(tried: readonly Tried[]): string {
  const count = (verdict: Outcome["verdict"]) =>
    tried.filter(({ outcome }) => outcome.verdict === verdict).length;
  return (
    `${count("green")} of ${tried.length} green; ${count("stops")} stop with a line for a person; ` +
    `${count("red")} red; ${count("not applicable")} not applicable to today's spec`
  );
}

const START = "<!-- evolutions: written by npm run test:evolutions -->";
const END = "<!-- end of evolutions -->";

/** The table of the last whole run. */
async function writeTable(tried: readonly Tried[], steps: readonly Step[]): Promise<void> {
  const cell = (name: string, form: Form) => {
    const found = tried.find((one) => one.evolution.name === name && one.form === form);
    const { verdict, failed } = found?.outcome ?? {};
    return failed ? `${String(verdict)} at ${failed.step}` : String(verdict);
  };
  const rows = evolutions.map(
    ({ name }) => `| ${[name, ...FORMS.map((form) => cell(name, form))].join(" | ")} |`,
  );
  const table = [
    `${inNumbers(tried)}. Steps: ${steps.join(", ")}.`,
    "",
    `| The next version | ${FORMS.join(" | ")} |`,
    `| --- | ${FORMS.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
  const page = await readFile(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(START);
  const [, after = ""] = rest.split(END);
  const text = await formatPage(PAGE, `${before}${START}\n\n${table}\n\n${END}${after}`);
  await writeOrCheckPage(PAGE, text, { check: false, stale: "" });
}
