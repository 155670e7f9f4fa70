import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { errorColors } from "../../scripts/lib/colors.js";
import { formatPage, writeOrCheckPage } from "../../scripts/lib/generated-page.js";
import { startProgress } from "../../scripts/lib/progress.js";
import { FORMS, type Evolution, type Form } from "./evolution.js";
import { evolutions } from "./index.js";
import { ProjectCopy } from "./project-copy.js";
import { STEPS, tryEvolution, type Outcome, type Step } from "./try-evolution.js";

const PAGE = "docs/pipeline.md";
const START = "<!-- evolutions: written by npm run test:evolutions -->";
const END = "<!-- end of evolutions -->";
const DEFAULT_STEPS = STEPS.filter((step) => step !== "test");
const HELP = `Tries each next version of the spec: one command, then what its users and maintainers do.

Usage: npm run test:evolutions -- [options]

  --only PATTERN   those with such a name
  --form FORM      ${FORMS.join(" or ")} (default: both)
  --steps LIST     after the update, any of ${STEPS.slice(1).join(", ")} (default: all but test)
  --jobs N         how many at the same time (default: 1)
  --minutes N      begins no further one after so many minutes

The table in ${PAGE} keeps the row of each one that was not tried. Without the default steps, it is left as it is.

Exit codes:
  0  each is green, or stopped with the line it should stop with
  1  one of them is red
`;

/** A row of the table: what came of a next version in each form, as a word or two. */
type Row = string[];

const NOT_TRIED: Row = FORMS.map(() => "not tried");

interface Tried {
  evolution: Evolution;
  outcomes: Map<Form, Outcome>;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    form: { type: "string" },
    steps: { type: "string", default: DEFAULT_STEPS.join(",") },
    jobs: { type: "string", default: "1" },
    minutes: { type: "string", default: "Infinity" },
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
  const chosen = evolutions.filter(({ name }) => pattern.test(name));
  const tried = await tryAll(chosen, forms, steps);
  process.stdout.write(`${inNumbers(tried.map(rowOf))}\n`);
  if (wanted.join() === DEFAULT_STEPS.join() && forms.length === FORMS.length)
    await writeTable(tried, steps);
  if (outcomesOf(tried).some(({ verdict }) => verdict === "red")) process.exitCode = 1;
}

async function tryAll(
  chosen: readonly Evolution[],
  forms: readonly Form[],
  steps: readonly Step[],
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const progress = startProgress("Evolutions", chosen.length);
  const waiting = spread(chosen);
  const end = performance.now() + Number(values.minutes) * 60_000;
  const work = async () => {
    const project = await ProjectCopy.create();
    try {
      for (let next = waiting.shift(); next && performance.now() < end; next = waiting.shift()) {
        const outcomes = await tryEvolution(next, forms, steps, project);
        tried.push({ evolution: next, outcomes });
        const verdicts = [...outcomes].map(([form, { verdict }]) => `${form} ${verdict}`);
        progress.step(`${next.name}: ${verdicts.join(", ")}`);
        for (const { failed } of new Set(outcomes.values())) if (failed) showFailure(failed);
      }
    } finally {
      await project.remove();
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  progress.stop();
  return tried;
}

/** A few of each kind first, so that a run that is cut short has tried all kinds. */
function spread(all: readonly Evolution[], stride = 5): Evolution[] {
  return Array.from({ length: stride }, (_, first) =>
    all.filter((_, index) => index % stride === first),
  ).flat();
}

function showFailure({ step, output }: NonNullable<Outcome["failed"]>): void {
  const lines = output.trim().split("\n").slice(-12).join("\n  ");
  process.stderr.write(`${errorColors.red(step)}\n  ${lines}\n`);
}

function outcomesOf(tried: readonly Tried[]): Outcome[] {
  return tried.flatMap(({ outcomes }) => [...outcomes.values()]);
}

function rowOf({ outcomes }: Tried): Row {
  return FORMS.map((form) => {
    const { verdict = "not tried", failed } = outcomes.get(form) ?? {};
    return failed ? `${verdict} at ${failed.step}` : verdict;
  });
}

function inNumbers(rows: readonly Row[]): string {
  const tried = rows.filter((row) => row.join() !== NOT_TRIED.join());
  const cells = tried.flat();
  const count = (verdict: Outcome["verdict"]) =>
    cells.filter((cell) => cell.startsWith(verdict)).length;
  return (
    `${tried.length} of ${evolutions.length} next versions tried: ${count("green")} of ${cells.length} green; ${count("stops")} stop with a line for a person; ` +
    `${count("red")} red; ${count("not applicable")} not applicable to today's spec`
  );
}

/** Writes what came of the last try of each next version. */
async function writeTable(tried: readonly Tried[], steps: readonly Step[]): Promise<void> {
  const page = await readFile(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(START);
  const [table = "", after = ""] = rest.split(END);
  const known = new Map([
    ...rowsIn(table),
    ...tried.map((one): [string, Row] => [one.evolution.name, rowOf(one)]),
  ]);
  const rows = evolutions.map(({ name }) => ({ name, row: known.get(name) ?? NOT_TRIED }));
  const lines = [
    `${inNumbers(rows.map(({ row }) => row))}. Steps: ${steps.join(", ")}.`,
    "",
    `| The next version | ${FORMS.join(" | ")} |`,
    `| --- | ${FORMS.map(() => "---").join(" | ")} |`,
    ...rows.map(({ name, row }) => `| ${[name, ...row].join(" | ")} |`),
  ];
  const written = `${before}${START}\n\n${lines.join("\n")}\n\n${END}${after}`;
  await writeOrCheckPage(PAGE, await formatPage(PAGE, written), { check: false, stale: "" });
}

/** The rows of a table as it was written. */
function rowsIn(table: string): [string, Row][] {
  return [...table.matchAll(/^\| (.+) \|$/gm)].map(([, cells = ""]) => {
    const [name = "", ...row] = cells.split("|").map((cell) => cell.trim());
    return [name, row];
  });
}
