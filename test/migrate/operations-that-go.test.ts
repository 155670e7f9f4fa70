import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { inMemoryProgram } from "../../scripts/lib/in-memory-program.js";
import { compilerOptions } from "../../scripts/lib/type-check.js";
import { operationsOf } from "../../src/openapi/operations.js";
import { root } from "../docs/snippets.js";
import { objectUnder } from "../drift/json.js";
import { ownSpec } from "../drift/own-spec.js";
import { errorsOf, migratedTo, programsIn, writtenTexts, type MigratedProject } from "./project.js";

// A single compiler program holds the current sources and, in a folder for each operation, what the
// migration changed. A method that stays is the same with or without the removed one. So whatever
// compiles here and calls nothing that was removed also compiles with the next client.
const projects = await Promise.all(
  operationsOf(await ownSpec()).map(async ({ method, path }) => ({
    title: `${method.toUpperCase()} ${path}`,
    folder: join(root, `without ${method}${path.replaceAll(/\W+/g, "-")}`),
    project: await without(method, path),
  })),
);

async function without(method: string, path: string): Promise<MigratedProject> {
  const document = await ownSpec();
  const item = objectUnder(document, "paths", path);
  Reflect.deleteProperty(item, method);
  if (Object.keys(item).length === 0) Reflect.deleteProperty(objectUnder(document, "paths"), path);
  return migratedTo(document);
}

describe.each(projects)("after $title is removed", ({ folder, project }) => {
  const { changes, texts, changed } = project;

  test("no page, example or test of one mentions its method", () => {
    expect(changes.gone.size).toBeGreaterThan(0);
    const mentioning = [...texts]
      .filter(([name]) => !name.startsWith("src"))
      .map(([name, text]) => `${name}: ${changes.mention.exec(text)?.[0] ?? ""}`);
    expect(mentioning.filter((line) => !line.endsWith(": "))).toEqual([]);
  });

  test("no snippet and no example calls its method", () => {
    const gone = [...changes.gone.keys()];
    const calling = programsIn(texts).flatMap(({ file, path }) =>
      calledMethods(join(changed.has(file) ? folder : root, path))
        .filter((name) => gone.includes(name))
        .map((name) => `${path} calls ${name}`),
    );
    expect(calling).toEqual([]);
  });

  test("every changed snippet and example compiles", () => {
    const programs = programsIn(texts).filter(({ file }) => changed.has(file));
    expect(programs.flatMap(({ path }) => errorsOf(program, join(folder, path)))).toEqual([]);
  });
});

let program: ts.Program;
beforeAll(async () => {
  const modules = new Map<string, string>();
  for (const { path, code } of programsIn(await writtenTexts()))
    modules.set(join(root, path), code);
  for (const { folder, project } of projects) {
    const isNeeded = (file: string) => project.changed.has(file) || /^(examples|test)/.test(file);
    for (const { file, path, code } of programsIn(project.texts))
      if (isNeeded(file) && project.changed.size > 0) modules.set(join(folder, path), code);
  }
  program = inMemoryProgram(modules, compilerOptions());
}, 120_000);

/** The client methods that a module calls, as the compiler resolves them. */
function calledMethods(path: string): string[] {
  const source = program.getSourceFile(path);
  if (!source) throw new Error(`${path} is not in the program`);
  const checker = program.getTypeChecker();
  const called = new Set<string>();
  const visit = (node: ts.Node): void => {
    const symbol = ts.isPropertyAccessExpression(node) && checker.getSymbolAtLocation(node.name);
    const method = symbol && symbol.declarations?.find(isMethodOfClient);
    if (method) called.add(`${nameOf(method.parent.parent)}.${nameOf(method)}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...called];
}

/** A member of a group of `ClientMethods`. */
function isMethodOfClient(declaration: ts.Declaration): boolean {
  const isGenerated = declaration.getSourceFile().fileName.endsWith("src/generated/client.ts");
  return isGenerated && ts.isPropertySignature(declaration.parent.parent);
}

function nameOf(node: ts.Node): string {
  return ts.isPropertySignature(node) ? node.name.getText() : "";
}
