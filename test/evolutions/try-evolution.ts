import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { objectAt } from "../../src/openapi/json.js";
import { EvolvingDocument, NotApplicable } from "./document.js";
import type { Evolution, Form } from "./evolution.js";
import type { CommandResult, ProjectCopy } from "./project-copy.js";
import { publish } from "./publish.js";

/** The steps after the one command, in this order. `test` runs only on request. */
export const STEPS = [
  "update",
  "program",
  "types",
  "stale",
  "style",
  "build",
  "start",
  "test",
] as const;
export type Step = (typeof STEPS)[number];

export interface Outcome {
  /** `green`: every step passed. `stops`: a one-line message said what a person has to decide. */
  verdict: "green" | "stops" | "red" | "not applicable";
  /** The step that failed, and its output. */
  failed?: { step: Step; output: string };
}

/**
 * Publishes an evolution in each form, updates to it with one command, and does what its users and
 * maintainers do then. Forms that differ only in the source of the fragments continue as one.
 */
export async function tryEvolution(
  evolution: Evolution,
  forms: readonly Form[],
  steps: readonly Step[],
  project: ProjectCopy,
): Promise<Map<Form, Outcome>> {
  const outcomes = new Map<Form, Outcome>();
  const known = new Map<string, Outcome>();
  for (const form of forms) {
    await project.reset();
    try {
      outcomes.set(form, await tryForm(evolution, form, steps, project, known));
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      outcomes.set(form, { verdict: "not applicable" });
    }
  }
  return outcomes;
}

/** @param known what came of the trees that another form has led to */
async function tryForm(
  evolution: Evolution,
  form: Form,
  steps: readonly Step[],
  project: ProjectCopy,
  known: Map<string, Outcome>,
): Promise<Outcome> {
  const published = await publishIn(project, evolution, form);
  const update = await project.npm(["drift", "--", "--update", "--published", published]);
  const stop = evolution.stops?.[form];
  if (stop) return judgeStop(update, stop);
  if (update.code !== 0) return { verdict: "red", failed: { step: "update", ...update } };
  const tree = await project.tree("spec/fragments", "spec/sources.yaml");
  const same = known.get(tree);
  // Each form has to check for itself that its fragments merge to the document.
  const isSound = same?.verdict === "green" && steps.includes("stale");
  const outcome = isSound
    ? await takeSteps(evolution, ["stale"], project)
    : (same ?? (await takeSteps(evolution, steps, project)));
  known.set(tree, same ?? outcome);
  return outcome;
}

async function takeSteps(
  evolution: Evolution,
  steps: readonly Step[],
  project: ProjectCopy,
): Promise<Outcome> {
  for (const step of STEPS) {
    if (step === "update" || !steps.includes(step)) continue;
    const { code, output } = await STEP[step](project, evolution);
    if (code !== 0) return { verdict: "red", failed: { step, output } };
  }
  return { verdict: "green" };
}

async function publishIn(project: ProjectCopy, evolution: Evolution, form: Form): Promise<string> {
  const source = await readSourceText(join(project.folder, "spec", "openapi.yaml"));
  const document = new EvolvingDocument(objectAt({ document: parseDocument(source) }, "document"));
  evolution.change(document);
  const folder = join(project.folder, ".work", "published");
  return publish(document.root, form, folder, evolution.changePage);
}

function judgeStop({ code, output }: CommandResult, line: RegExp): Outcome {
  const isOneLine = output.trim().split("\n").length === 1;
  return code === 2 && isOneLine && line.test(output)
    ? { verdict: "stops" }
    : { verdict: "red", failed: { step: "update", output } };
}

const STEP: Record<
  Exclude<Step, "update">,
  (project: ProjectCopy, evolution: Evolution) => Promise<CommandResult>
> = {
  program: runProgram,
  types: (project) => typeCheck(project, "tsconfig.json", "update-.tsbuildinfo"),
  stale: (project) => project.npm(["check:stale"]),
  style: checkStyle,
  build: (project) => project.npm(["build"]),
  start: (project) => project.npm(["start"]),
  test: (project) => project.npm(["test"]),
};

/**
 * Like `npm run check:types`, starting from what the compiler last found out: at best, in the
 * update.
 */
function typeCheck(
  project: ProjectCopy,
  config: string,
  known = `${config}.tsbuildinfo`,
): Promise<CommandResult> {
  return project.node([
    "node_modules/typescript/bin/tsc",
    ...["--noEmit", "--pretty", "false", "-p", config],
    ...["--incremental", "--tsBuildInfoFile", `.work/${known}`],
  ]);
}

/**
 * Checks formatting and lint, by the project's own rules, of the files that the update changed: the
 * rest was fine before.
 */
async function checkStyle(project: ProjectCopy): Promise<CommandResult> {
  const changed = await project.changedFiles();
  if (changed.length === 0) return { code: 0, output: "" };
  const format = await project.node([
    "node_modules/prettier/bin/prettier.cjs",
    "--check",
    ...changed,
  ]);
  const modules = changed.filter((file) => /\.[cm]?[jt]s$/.test(file));
  if (format.code !== 0 || modules.length === 0) return format;
  const options = ["--max-warnings", "0", "--no-warn-ignored"];
  return project.node(["node_modules/eslint/bin/eslint.js", ...options, ...modules]);
}

const PROGRAM = "user.ts";
const PROGRAM_CONFIG = "tsconfig.user.json";

/** Compiles and runs the user's code, in a file that is removed afterwards. */
async function runProgram(project: ProjectCopy, { program }: Evolution): Promise<CommandResult> {
  await project.write(PROGRAM, await userProgram(program));
  const config = { extends: "./tsconfig.json", include: [PROGRAM] };
  await project.write(PROGRAM_CONFIG, JSON.stringify(config));
  const compiled = await typeCheck(project, PROGRAM_CONFIG);
  const ran = compiled.code === 0 ? await project.node(["--import", "tsx", PROGRAM]) : compiled;
  await project.removeFiles(PROGRAM, PROGRAM_CONFIG);
  return ran;
}

/** A complete program around a user's statements. */
export async function userProgram(statements: string): Promise<string> {
  const template = await readFile(new URL("program.txt", import.meta.url), "utf8");
  return template.replace("/* program */", () => statements);
}
