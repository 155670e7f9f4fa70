import ts from "typescript";
import { positionOfBody, positionOfOptions, type ClientCall } from "./client-calls.js";
import type { Edit } from "./edits.js";
import type { RequestChange } from "./request-change.js";

/** Edits the arguments of a call so that it sends what the operation accepts now. */
export function migrateArguments(
  { call, operation, isByPath }: ClientCall,
  change: RequestChange | undefined,
): Edit[] {
  if (!change) return [];
  if (isByPath) return editsByPath(call, change);
  const { query, headers } = change.options;
  const body = objectOf(call.arguments[positionOfBody(operation.path)]);
  const options = { ...given({ query }), ...given({ headers }) };
  return [...bodyEdits(body, change), ...optionEdits(call, positionOfOptions(operation), options)];
}

/** `api.POST("/path", { params: { header, query }, body })` */
function editsByPath(call: ts.CallExpression, change: RequestChange): Edit[] {
  const { query, headers } = change.options;
  const options = objectOf(call.arguments[1]);
  const params = { ...given({ query }), ...given({ header: headers }) };
  const present = memberOf(options, "params");
  return [
    ...bodyEdits(memberOf(options, "body"), change),
    ...nameEdits(present && memberOf(present, "path"), change.pathNames),
    ...(present ? memberEdits(present, params) : optionEdits(call, 1, given({ params }))),
  ];
}

/** Leaves out parts that are empty. */
function given(values: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => Object.keys(value).length > 0),
  );
}

function nameEdits(
  object: ts.ObjectLiteralExpression | undefined,
  names: Readonly<Record<string, string>>,
): Edit[] {
  return (object?.properties ?? []).flatMap((property) => {
    const { name } = property;
    const next = names[nameOf(property)];
    if (!name || next === undefined) return [];
    const text = JSON.stringify(next);
    const isShort = ts.isShorthandPropertyAssignment(property);
    const instead = isShort ? `${text}: ${name.getText()}` : text;
    return [{ start: name.getStart(), end: name.end, text: instead }];
  });
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

/** Adds to the options, which are the last argument. */
function optionEdits(
  call: ts.CallExpression,
  position: number,
  members: Record<string, object>,
): Edit[] {
  if (Object.keys(members).length === 0) return [];
  const options = call.arguments[position];
  if (options) return memberEdits(objectOf(options), members);
  if (call.arguments.length < position) return [];
  const end = call.arguments.at(-1)?.end ?? call.end - 1;
  return [{ start: end, end, text: `${position > 0 ? ", " : ""}${JSON.stringify(members)}` }];
}

function memberEdits(
  object: ts.ObjectLiteralExpression | undefined,
  members: Record<string, object>,
): Edit[] {
  if (!object || Object.keys(members).length === 0) return [];
  const last = object.properties.at(-1);
  const text = JSON.stringify(members).slice(1, -1);
  const end = last?.end ?? object.end - 1;
  return [{ start: end, end, text: last ? `, ${text}` : text }];
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
