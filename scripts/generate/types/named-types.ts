import ts from "typescript";

/** A part of the schema that gets a name of its own, so that editors and docs can say it short. */
export interface NamedType {
  name: string;
  /** Its docstring, ready to be printed. */
  comment: string;
  /** What it is, said by way of `operations`. */
  type: string;
  /** Where it stands in `operations`, key by key; left out where it is put together of several. */
  place?: readonly string[];
}

const KEY_SEPARATOR = "\n";

/**
 * Moves types out of `operations` to where they have names, and leaves references behind. What does
 * not stand there (a `$ref` led elsewhere) is named where it is.
 */
export function nameTypes(nodes: readonly ts.Node[], named: readonly NamedType[]): ts.Node[] {
  const byPlace = new Map(
    named.flatMap((one) => (one.place ? [[one.place.join(KEY_SEPARATOR), one] as const] : [])),
  );
  const moved = new Map<NamedType, ts.Node>();

  const rewrite = (type: ts.TypeNode, place: readonly string[]): ts.TypeNode => {
    if (!ts.isTypeLiteralNode(type)) return move(type, place);
    const members = type.members.map((member) => rewriteMember(member, place));
    return move(ts.factory.createTypeLiteralNode(members), place);
  };
  const rewriteMember = <Member extends ts.TypeElement>(
    member: Member,
    place: readonly string[],
  ) =>
    ts.isPropertySignature(member) && member.type && !ts.isComputedPropertyName(member.name)
      ? ts.factory.updatePropertySignature(
          member,
          member.modifiers,
          member.name,
          member.questionToken,
          rewrite(member.type, [...place, member.name.text]),
        )
      : member;
  const move = (type: ts.TypeNode, place: readonly string[]): ts.TypeNode => {
    const one = byPlace.get(place.join(KEY_SEPARATOR));
    if (!one || ts.isIndexedAccessTypeNode(type)) return type;
    moved.set(one, declaration(one, type));
    return ts.factory.createTypeReferenceNode(one.name);
  };

  const rest = nodes.map((node) =>
    ts.isInterfaceDeclaration(node) && node.name.text === "operations"
      ? ts.factory.updateInterfaceDeclaration(
          node,
          node.modifiers,
          node.name,
          node.typeParameters,
          node.heritageClauses,
          node.members.map((member) => rewriteMember(member, [])),
        )
      : node,
  );
  const declared = named.map((one) => moved.get(one) ?? declaration(one, reference(one.type)));
  return [...rest, ...declared];
}

/** An alias, which editors and compilers call by its name, and which, unlike an interface, fits `Record`. */
function declaration({ name, comment }: NamedType, type: ts.TypeNode): ts.Node {
  const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  return addDocstring(
    ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, type),
    comment.replace(/^\/\*|\*\/$/g, ""),
  );
}

/** Puts a docstring before a declaration: what stands between its outer slash-and-star pairs. */
export function addDocstring<Node extends ts.Node>(node: Node, text: string): Node {
  const kind = ts.SyntaxKind.MultiLineCommentTrivia;
  return ts.addSyntheticLeadingComment(node, kind, text, true);
}

/** Code that is to be printed as it is. */
function reference(code: string): ts.TypeNode {
  return ts.factory.createTypeReferenceNode(code);
}
