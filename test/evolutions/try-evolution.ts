import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";
import { objectAt } from "../../src/openapi/json.js";
import { EvolvingDocument, NotApplicable } from "./document.js";
import type { Evolution, Form } from "./evolution.js";
import { ProjectCopy, type CommandResult } from "./project-copy.js";
import { publish } from "./publish.js";

/** What is done after the one command, in this order. */
export const STEPS = ["update", "program", "types", "start", "build", "check"] as const;
export type Step = (typeof STEPS)[number];

export interface Outcome {
  /** `green`: every step went through. `stops`: one line said what a person has to decide. */
  verdict: "green" | "stops" | "red" | "not applicable";
  /** The step that failed, and what it printed. */
  failed?: { step: Step; output: string };
}

/** Publishes an evolution, takes it over by one command, and does what its users do. */
export async function tryEvolution(
  evolution: Evolution,
  form: Form,
  steps: readonly Step[] = STEPS,
): Promise<Outcome> {
  const project = await ProjectCopy.create();
  try {
    const published = await publishIn(project, evolution, form);
    for (const step of STEPS) {
      if (step !== "update" && !steps.includes(step)) continue;
      const { code, output } = await run(step, project, evolution, published);
      const stop = evolution.stops?.[form];
      if (step === "update" && stop) return judgeStop(code, output, stop);
      if (code !== 0) return { verdict: "red", failed: { step, output } };
    }
    return { verdict: "green" };
  } catch (error) {
    if (error instanceof NotApplicable) return { verdict: "not applicable" };
    throw error;
  } finally {
    await project.remove();
  }
}

async function publishIn(project: ProjectCopy, evolution: Evolution, form: Form): Promise<string> {
  const source = await readSourceText(join(project.folder, "spec", "openapi.yaml"));
  const document = new EvolvingDocument(objectAt({ document: parseDocument(source) }, "document"));
  evolution.change(document);
  const folder = join(project.folder, ".work", "published");
  return publish(document.root, form, folder, evolution.changePage);
}

function judgeStop(code: number, output: string, line: RegExp): Outcome {
  const isOneLine = output.trim().split("\n").length === 1;
  return code === 2 && isOneLine && line.test(output)
    ? { verdict: "stops" }
    : { verdict: "red", failed: { step: "update", output } };
}

async function run(
  step: Step,
  project: ProjectCopy,
  evolution: Evolution,
  published: string,
): Promise<CommandResult> {
  switch (step) {
    case "update":
      return project.npm(["drift", "--", "--update", "--published", published]);
    case "program":
      return runProgram(project, evolution);
    case "types":
      return project.npm(["check:types"]);
    case "start":
      return project.npm(["start"]);
    case "build":
      return project.npm(["build"]);
    case "check":
      return project.npm(["check"]);
  }
}

/** Compiles and runs what the user wrote, in a file that then goes again. */
async function runProgram(project: ProjectCopy, { program }: Evolution): Promise<CommandResult> {
  const template = await readFile(new URL("program.txt", import.meta.url), "utf8");
  await project.write(
    "user.ts",
    template.replace("/* program */", () => program),
  );
  const config = { extends: "./tsconfig.json", include: ["user.ts"] };
  await project.write("tsconfig.user.json", JSON.stringify(config));
  const compiled = await project.node([
    "node_modules/typescript/bin/tsc",
    ...["--noEmit", "--pretty", "false", "-p", "tsconfig.user.json"],
  ]);
  const ran = compiled.code === 0 ? await project.node(["--import", "tsx", "user.ts"]) : compiled;
  await project.removeFiles("user.ts", "tsconfig.user.json");
  return ran;
}
