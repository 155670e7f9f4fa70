import ts from "typescript";
import { exampleExpression, isWaiting } from "../generate/index.js";
import { clientCalls, positionOfOptions, type ClientCall } from "./client-calls.js";
import { withNewNames, type ClientChanges } from "./client-changes.js";
import { withEdits, type Edit } from "./edits.js";
import { migrateArguments } from "./migrate-arguments.js";
import { withoutUnusedConstants } from "./unused-constants.js";

/**
 * Makes a program call the new client: with new names, without what requests no longer accept, and
 * with what they now require. A call of a removed method is replaced with another call if its
 * answer is not used.
 *
 * @returns `undefined` if the program depends on something that was removed.
 */
export function migrateCode(code: string, changes: ClientChanges): string | undefined {
  const source = ts.createSourceFile("program.ts", code, ts.ScriptTarget.Latest, true);
  const edits = clientCalls(source, changes.before).flatMap((call) =>
    changes.gone.has(call.name)
      ? anotherCall(call, changes)
      : migrateArguments(call, changes.requests.get(call.name)),
  );
  const text = withNewNames(withoutUnusedConstants(withEdits(code, edits), code), changes);
  return changes.mention.test(text) || changes.goneCode.test(text) ? undefined : text;
}

/** A call of another operation with the same HTTP method, if the answer is not used. */
function anotherCall({ call, client, operation }: ClientCall, { after }: ClientChanges): Edit[] {
  const isAnswerUnused =
    ts.isAwaitExpression(call.parent) && ts.isExpressionStatement(call.parent.parent);
  if (!client || !isAnswerUnused) return [];
  const candidates = [...after.methods]
    .filter(([name, one]) => one.method === operation.method && !isWaiting(name))
    .map(([method, one]) => {
      const [group = "", name = ""] = method.split(".");
      return exampleExpression(after.document, { group, name, operation: one });
    })
    .sort((a, b) => a.length - b.length);
  const [shortest] = candidates;
  if (shortest === undefined) return [];
  const own = shortest.slice(shortest.indexOf("."), -1);
  const options = call.arguments.slice(positionOfOptions(operation)).map((one) => one.getText());
  const text = [client.getText() + own, ...options].join(", ");
  return [{ start: call.getStart(), end: call.end, text: `${text})` }];
}
