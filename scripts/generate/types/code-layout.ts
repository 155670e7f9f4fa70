import { isObject } from "../../../src/openapi/json.js";
import { doc, util, type Doc } from "prettier";
import ts from "typescript";
import { quoted } from "./type-texts.js";
import { toJsonText } from "../../lib/json-text.js";

const { group, hardline, ifBreak, indent, join, line, softline } = doc.builders;

/** Prints at a level of indentation, the way prettier does with the project's settings. */
export function print(layout: Doc, level = 0): string {
  const { formatted } = doc.printer.printDocToString(indented(layout, level), {
    printWidth: 100,
    tabWidth: 2,
    useTabs: false,
  });
  return formatted.replace(/^\n/, "");
}

function indented(layout: Doc, level: number): Doc {
  return level === 0 ? layout : indent([level === 1 ? hardline : "", indented(layout, level - 1)]);
}

/** The syntax tree of a type given as code. */
export function parseType(code: string): ts.TypeNode {
  const [statement] = ts.createSourceFile(
    "type.ts",
    `type T = ${code};`,
    ts.ScriptTarget.ES2022,
  ).statements;
  if (statement && ts.isTypeAliasDeclaration(statement)) return statement.type;
  throw new Error(`${code} is not a type`);
}

/** A JSON value as an expression. */
function valueLayout(value: unknown): Doc {
  if (Array.isArray(value)) return listLayout(value);
  if (isObject(value)) return objectLayout(value);
  return typeof value === "string" ? quoted(value) : toJsonText(value, 0);
}

function objectLayout(value: object): Doc {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return "{}";
  const layouts = members.map(([key, member]) => memberLayout(key, member));
  return group(["{", indent([line, join([",", line], layouts)]), ifBreak(","), line, "}"]);
}

/** After a shorter key, a line of its own would gain too little. */
const SHORT_KEY = 5;

/** `key: value`; a string that does not fit gets a line of its own. */
export function memberLayout(key: string, value: unknown): Doc {
  const name = propertyKey(key);
  return typeof value === "string" && util.getStringWidth(name) >= SHORT_KEY
    ? group([name, ":", group(indent([line, valueLayout(value)]))])
    : [name, ": ", valueLayout(value)];
}

/** Objects with several members get lines of their own. */
function listLayout(items: readonly unknown[]): Doc {
  if (items.length === 0) return "[]";
  const areLarge = items.every((item) => isObject(item) && Object.keys(item).length > 1);
  const layouts = items.map(valueLayout);
  return group(["[", indent([softline, join([",", line], layouts)]), ifBreak(","), softline, "]"], {
    shouldBreak: items.length > 1 && areLarge,
  });
}

/**
 * A key in an object or an interface: quoted only if necessary. To prettier, characters beyond the
 * Basic Multilingual Plane need quotes (ECMAScript 5.1, section 7.6).
 */
export function propertyKey(key: string): string {
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key);
  return isIdentifier && !/[\u{10000}-\u{10ffff}]/u.test(key) ? key : quoted(key);
}

/** Wraps the printed lines of an object or an interface in braces. */
export function inBraces(lines: readonly string[]): string {
  return lines.length > 0 ? `{\n${lines.join("\n")}\n}` : "{}";
}

/** `import type { A, B } from "./module.js";` */
export function namesLayout(
  keyword: "import type" | "export type",
  names: readonly string[],
  end: string,
): Doc {
  if (names.length === 0) return [keyword, " {}", end];
  if (names.length === 1) return [keyword, " { ", ...names, " }", end];
  const list = [indent([line, join([",", line], [...names])]), ifBreak(","), line];
  return group([keyword, " {", ...list, "}", end]);
}
