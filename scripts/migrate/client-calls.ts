import ts from "typescript";
import { pathParameterNames } from "../../src/openapi/operations.js";
import type { Operation } from "../generate/index.js";
import type { ClientVersion } from "./client-changes.js";

/** A call of a method of the old client, or of its `api`. */
export interface ClientCall {
  call: ts.CallExpression;
  /** The expression before the group: `createPikzels()`; `undefined` if the group stands alone. */
  client: ts.Expression | undefined;
  name: string;
  operation: Operation;
  /** Whether the operation is called by its path. */
  isByPath: boolean;
}

/** The client calls in a program, in source order. */
export function clientCalls(source: ts.SourceFile, { methods }: ClientVersion): ClientCall[] {
  const calls: ClientCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const found = methodCall(node, methods) ?? callByPath(node, methods);
      if (found) calls.push(found);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** `pikzels.group.method(…)`, or `group.method(…)`. */
function methodCall(
  call: ts.CallExpression,
  methods: ReadonlyMap<string, Operation>,
): ClientCall | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { expression: group, name: method } = call.expression;
  const isBare = ts.isIdentifier(group);
  if (!isBare && !ts.isPropertyAccessExpression(group)) return undefined;
  const name = `${isBare ? group.text : group.name.text}.${method.text}`;
  const operation = methods.get(name);
  const client = isBare ? undefined : group.expression;
  return operation && { call, client, name, operation, isByPath: false };
}

/** `api.POST("/path", …)`. */
function callByPath(
  call: ts.CallExpression,
  methods: ReadonlyMap<string, Operation>,
): ClientCall | undefined {
  const [path] = call.arguments;
  if (!ts.isPropertyAccessExpression(call.expression) || !path) return undefined;
  const verb = call.expression.name.text.toLowerCase();
  if (!ts.isStringLiteral(path)) return undefined;
  const found = [...methods].find(
    ([, operation]) => operation.method === verb && operation.path === path.text,
  );
  return found && { call, client: undefined, name: found[0], operation: found[1], isByPath: true };
}

/** How many arguments of a method come before the options. */
export function positionOfOptions({ path, definition }: Operation): number {
  return positionOfBody(path) + ("requestBody" in definition ? 1 : 0);
}

/** How many arguments of a method come before the body. */
export function positionOfBody(path: string): number {
  return pathParameterNames(path).length;
}
