import ts from "typescript";
import { pathParameterCount, positionOfOptions, type ClientCall } from "./client-calls.js";
import type { Edit } from "./edits.js";
import type { RequestChange } from "./request-change.js";

/** What has to change in the arguments of a call, so that it sends what is taken now. */
export function migrateArguments(
  { call, operation, isByPath }: ClientCall,
  change: RequestChange | undefined,
): Edit[] {
  if (!change) return [];
  const { options } = change;
  const given = Object.entries(options).filter(([, values]) => Object.keys(values).length > 0);
  if (isByPath) return bodyEdits(memberOf(objectOf(call.arguments[1]), "body"), change);
  return [
    ...bodyEdits(objectOf(call.arguments[pathParameterCount(operation.path)]), change),
    ...(given.length > 0 ? optionEdits(call, positionOfOptions(operation), given) : []),
  ];
}

function bodyEdits(
  body: ts.ObjectLiteralExpression | undefined,
  { removed, added, values }: RequestChange,
): Edit[] {
  if (!body) return [];
  const before = body.properties.map((property) => property.getFullText().trim());
  const after = body.properties
    .filter((property) => !removed.includes(nameOf(property)))
    .map((property) => withValue(property, values[nameOf(property)] ?? {}));
  for (const [name, value] of Object.entries(added)) {
    if (!body.properties.some((property) => nameOf(property) === name))
      after.push(`${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  }
  return before.join() === after.join() ? [] : [objectEdit(body, after)];
}

function withValue(
  property: ts.ObjectLiteralElementLike,
  values: Readonly<Record<string, string>>,
): string {
  const text = property.getFullText().trim();
  if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.initializer)) return text;
  const instead = values[property.initializer.text];
  if (instead === undefined) return text;
  return text.slice(0, -property.initializer.getText().length) + JSON.stringify(instead);
}

/** Adds parameters that have to be given to the options, which are the last argument. */
function optionEdits(
  call: ts.CallExpression,
  position: number,
  given: readonly [string, object][],
): Edit[] {
  const members = given.map(([name, values]) => `${name}: ${JSON.stringify(values)}`);
  const present = call.arguments[position];
  const options = objectOf(present);
  if (options)
    return [objectEdit(options, [...options.properties.map((one) => one.getText()), ...members])];
  if (present || call.arguments.length < position) return [];
  const end = call.arguments.at(-1)?.end ?? call.end - 1;
  return [{ start: end, end, text: `${position > 0 ? ", " : ""}{ ${members.join(", ")} }` }];
}

function objectEdit(object: ts.ObjectLiteralExpression, members: readonly string[]): Edit {
  const isOnOneLine = !object.getText().includes("\n");
  const text = isOnOneLine ? `{ ${members.join(", ")} }` : `{\n${members.join(",\n")},\n}`;
  return { start: object.getStart(), end: object.end, text };
}

/** `{ … }`, `{ … } as const`, or nothing. */
function objectOf(node: ts.Node | undefined): ts.ObjectLiteralExpression | undefined {
  if (!node) return undefined;
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node))
    return objectOf(node.expression);
  return ts.isObjectLiteralExpression(node) ? node : undefined;
}

function memberOf(
  object: ts.ObjectLiteralExpression | undefined,
  name: string,
): ts.ObjectLiteralExpression | undefined {
  const property = object?.properties.find((one) => nameOf(one) === name);
  return property && ts.isPropertyAssignment(property) ? objectOf(property.initializer) : undefined;
}

function nameOf({ name }: ts.ObjectLiteralElementLike): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
}
