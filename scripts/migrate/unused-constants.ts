import ts from "typescript";
import { withEdits, type Edit } from "./edits.js";

/**
 * Removes constants that were used before a migration and no longer are. An initializer with an
 * effect stays: `const id = await create();` becomes `await create();`.
 */
export function withoutUnusedConstants(code: string, before: string): string {
  const source = parse(code);
  const original = parse(before);
  const edits = source.statements
    .flatMap((statement) => constantOf(statement) ?? [])
    .filter(({ name }) => mentions(source, name) === 1 && mentions(original, name) > 1)
    .map(removal);
  // Removing one may leave another unused.
  return edits.length === 0 ? code : withoutUnusedConstants(withEdits(code, edits), before);
}

interface Constant {
  name: string;
  statement: ts.Statement;
  initializer: ts.Expression;
}

function constantOf(statement: ts.Statement): Constant | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  if (!declaration?.initializer || others.length > 0 || !ts.isIdentifier(declaration.name))
    return undefined;
  const { name, initializer } = declaration;
  return { name: name.text, statement, initializer };
}

function mentions(node: ts.Node, name: string): number {
  let count = ts.isIdentifier(node) && node.text === name ? 1 : 0;
  ts.forEachChild(node, (child) => {
    count += mentions(child, name);
  });
  return count;
}

function removal({ statement, initializer }: Constant): Edit {
  const hasEffect = ts.isAwaitExpression(initializer) || ts.isCallExpression(initializer);
  const text = hasEffect ? `${initializer.getText()};` : "";
  return { start: statement.getStart(), end: statement.end, text };
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile("program.ts", code, ts.ScriptTarget.Latest, true);
}
