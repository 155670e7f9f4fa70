import { doc as prettierDoc, type Doc } from "prettier";
import ts from "typescript";
import { propertyKey } from "./code-layout.js";
import { commentLines, quoted } from "./type-texts.js";

const { align, group, hardline, ifBreak, indent, join, line, softline } = prettierDoc.builders;

/**
 * Lays out the members of an interface one by one, the way prettier does. Printing directly from
 * the syntax tree avoids printing it plainly and having prettier parse that text again, which would
 * take longer than the rest of generation combined.
 */
export function membersLayout(members: readonly ts.TypeElement[]): Doc {
  return join(
    hardline,
    members.map((member) => [memberLayout(member), ";"]),
  );
}

/** `name: type;` of an interface. */
export function propertyLayout(name: string, type: ts.TypeNode): Doc {
  return [name, ": ", annotation(type), ";"];
}

/** `export type Name = …;` with its comment. */
export function aliasLayout(name: string, comment: string, type: ts.TypeNode): Doc {
  return [commentLayout(comment), "export type ", name, assignment(type), ";"];
}

/**
 * `namespace Name { interface Needs<_Fields extends string> { … } }` with its comment. Messages of
 * the compiler leave the namespace out.
 */
export function needsLayout(namespace: string, comment: string, members: ts.TypeElement[]): Doc {
  const body = literalLayout(ts.factory.createTypeLiteralNode(members));
  return [
    commentLayout(comment),
    `declare namespace ${namespace} {`,
    indent([hardline, "export interface Needs<_Fields extends string> ", body]),
    hardline,
    "}",
  ];
}

function memberLayout(member: ts.TypeElement): Doc {
  const comments = (ts.getSyntheticLeadingComments(member) ?? []).map(({ text }) =>
    commentLayout(`/*${text}*/`),
  );
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const isReadonly = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);
  const readonly = isReadonly ? "readonly " : "";
  if (ts.isIndexSignatureDeclaration(member)) {
    const [parameter] = member.parameters;
    const name = parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : "key";
    return [...comments, readonly, `[${name}: string]: `, annotation(member.type)];
  }
  if (!ts.isPropertySignature(member)) throw unexpected(member);
  return [
    ...comments,
    readonly,
    propertyName(member.name),
    member.questionToken ? "?: " : ": ",
    member.type ? annotation(member.type) : "unknown",
  ];
}

function commentLayout(comment: string): Doc {
  return comment === "" ? "" : [join(hardline, commentLines(comment)), hardline];
}

/** A union that does not fit starts on a line of its own. */
function annotation(type: ts.TypeNode): Doc {
  const inner = withoutParentheses(type);
  const layout = typeLayout(inner);
  return isPlainUnion(inner) ? group(indent([softline, layout])) : layout;
}

function assignment(type: ts.TypeNode): Doc {
  const inner = withoutParentheses(type);
  if (isPlainUnion(inner)) return [" =", group(indent([line, typeLayout(inner)]))];
  const id = Symbol("assignment");
  return [
    " =",
    group(indent(line), { id }),
    prettierDoc.builders.indentIfBreak(typeLayout(inner), { groupId: id }),
  ];
}

function typeLayout(type: ts.TypeNode): Doc {
  if (ts.isParenthesizedTypeNode(type)) return typeLayout(type.type);
  if (ts.isTypeLiteralNode(type)) return literalLayout(type);
  if (ts.isUnionTypeNode(type)) return unionLayout(type);
  if (ts.isIntersectionTypeNode(type)) return intersectionLayout(type);
  if (ts.isArrayTypeNode(type)) return [operandLayout(type.elementType), "[]"];
  if (ts.isTupleTypeNode(type)) return tupleLayout(type);
  if (ts.isRestTypeNode(type)) return ["...", typeLayout(type.type)];
  if (ts.isOptionalTypeNode(type)) return [operandLayout(type.type), "?"];
  if (ts.isIndexedAccessTypeNode(type)) {
    return [operandLayout(type.objectType), "[", typeLayout(type.indexType), "]"];
  }
  if (ts.isTypeReferenceNode(type)) return referenceLayout(type);
  if (ts.isFunctionTypeNode(type)) return functionLayout(type);
  return textOf(type);
}

function functionLayout({ parameters, type }: ts.FunctionTypeNode): Doc {
  const layouts = parameters.map(({ name, questionToken, type: inner }) => [
    textOf(name),
    questionToken ? "?: " : ": ",
    inner ? typeLayout(inner) : "unknown",
  ]);
  const list = [indent([softline, join([",", line], layouts)]), ifBreak(","), softline];
  return [group(["(", ...list, ")"]), " => ", typeLayout(type)];
}

function literalLayout({ members, pos }: ts.TypeLiteralNode): Doc {
  if (members.length === 0) return "{}";
  // The parsed code was on one line.
  if (pos >= 0) {
    const list = join([";", line], members.map(memberLayout));
    return group(["{", indent([line, list]), ifBreak(";"), line, "}"]);
  }
  return ["{", indent([hardline, membersLayout([...members])]), hardline, "}"];
}

/**
 * Inside an array, a member or another object type, a union or an intersection needs parentheses.
 */
function operandLayout(type: ts.TypeNode): Doc {
  const inner = withoutParentheses(type);
  if (ts.isUnionTypeNode(inner)) return ["(", inParentheses(inner), ")"];
  if (ts.isIntersectionTypeNode(inner)) return ["(", typeLayout(inner), ")"];
  return typeLayout(inner);
}

function inParentheses(union: ts.UnionTypeNode): Doc {
  if (isHugged(union)) return typeLayout(union);
  return group([indent([softline, typeLayout(union)]), softline]);
}

function unionLayout(union: ts.UnionTypeNode): Doc {
  const types = flattened(union);
  if (isHugged(union)) return join(" | ", types.map(operandLayout));
  return group(
    types.map((member, index) => [
      index === 0 ? ifBreak("| ") : [line, "| "],
      align(2, operandLayout(member)),
    ]),
  );
}

/** `{ … } | null` stays on the line where it begins. */
function isHugged(union: ts.UnionTypeNode): boolean {
  const types = flattened(union);
  const object = types.find((type) => ts.isTypeLiteralNode(type) || ts.isTypeReferenceNode(type));
  return object !== undefined && types.every((type) => type === object || isNull(type));
}

function isPlainUnion(type: ts.TypeNode): type is ts.UnionTypeNode {
  return ts.isUnionTypeNode(type) && !isHugged(type);
}

function isNull(type: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
}

/**
 * Objects continue on the same line. Other types without an object next to them get their own line.
 */
function intersectionLayout(intersection: ts.IntersectionTypeNode): Doc {
  const types = flattened(intersection);
  let wasIndented = false;
  return group(
    types.map((type, index) => {
      const layout = operandLayout(type);
      const previous = types[index - 1];
      if (!previous) return layout;
      const isObject = ts.isTypeLiteralNode(type);
      const wasObject = ts.isTypeLiteralNode(previous);
      if (isObject && wasObject) return [" & ", wasIndented ? indent(layout) : layout];
      if (!isObject && !wasObject) return indent([" &", line, layout]);
      if (index > 1) wasIndented = true;
      return [" & ", index > 1 ? indent(layout) : layout];
    }),
  );
}

/** `A & (B & C)` → `A & B & C`, so that several rules in one body read as a list. */
export function flattened({
  kind,
  types,
}: ts.UnionTypeNode | ts.IntersectionTypeNode): ts.TypeNode[] {
  return types
    .map(withoutParentheses)
    .flatMap((type) =>
      (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) && type.kind === kind
        ? flattened(type)
        : [type],
    );
}

function tupleLayout({ elements }: ts.TupleTypeNode): Doc {
  if (elements.length === 0) return "[]";
  const layouts = elements.map((element) => {
    const inner = withoutParentheses(element);
    if (elements.length === 1 || !isPlainUnion(inner)) return typeLayout(inner);
    return group([indent([ifBreak(["(", softline]), typeLayout(inner)]), softline, ifBreak(")")]);
  });
  return group(["[", indent([softline, join([",", line], layouts)]), ifBreak(","), softline, "]"]);
}

function referenceLayout({ typeName, typeArguments }: ts.TypeReferenceNode): Doc {
  const name = entityName(typeName);
  const args = [...(typeArguments ?? [])];
  const [only] = args;
  if (!only) return name;
  if (args.length === 1 && isShort(only)) return [name, "<", typeLayout(only), ">"];
  const layouts = args.map(typeLayout);
  return group([name, "<", indent([softline, join([",", line], layouts)]), softline, ">"]);
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}

function isShort(type: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(type) || ts.isTypeReferenceNode(type) || isKeyword(type);
}

export function withoutParentheses(type: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? withoutParentheses(type.type) : type;
}

function propertyName(name: ts.PropertyName): string {
  if (ts.isStringLiteral(name)) return propertyKey(name.text);
  if (ts.isIdentifier(name) || ts.isNumericLiteral(name)) return name.text;
  throw unexpected(name);
}

function isKeyword(type: ts.TypeNode): boolean {
  return KEYWORDS.has(type.kind);
}

const KEYWORDS = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.UnknownKeyword, "unknown"],
  [ts.SyntaxKind.NeverKeyword, "never"],
  [ts.SyntaxKind.UndefinedKeyword, "undefined"],
  [ts.SyntaxKind.NullKeyword, "null"],
  [ts.SyntaxKind.TrueKeyword, "true"],
  [ts.SyntaxKind.FalseKeyword, "false"],
]);

function textOf(node: ts.Node): string {
  const keyword = KEYWORDS.get(node.kind);
  if (keyword !== undefined) return keyword;
  if (ts.isLiteralTypeNode(node)) return textOf(node.literal);
  if (ts.isStringLiteral(node)) return quoted(node.text);
  if (ts.isNumericLiteral(node)) return node.text;
  // openapi-typescript puts a string into an identifier, quoted as JSON.
  if (ts.isIdentifier(node)) {
    return node.text.startsWith('"') ? quoted(JSON.parse(node.text) as string) : node.text;
  }
  if (ts.isPrefixUnaryExpression(node)) return `-${textOf(node.operand)}`;
  throw unexpected(node);
}

function unexpected(node: ts.Node): Error {
  return new Error(`cannot print a ${ts.SyntaxKind[node.kind]}`);
}
