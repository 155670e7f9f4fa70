import ts from "typescript";
import { flattened, withoutParentheses } from "./type-layout.js";

/** A plain object type that a compiler message can name. */
export interface NeededFields {
  /** `image_url or image_base64` */
  words: string;
  members: ts.TypeElement[];
}

/**
 * Finds what every value of a type needs, if the type is an intersection of objects and of
 * alternatives that exclude each other: the words for the first choice, and the members of one
 * alternative of each. Of a choice it is the first, whose fields then count as missing; of fields
 * of which none is needed it is the last, which the compiler does not rule out.
 *
 * Given a union, the compiler compares a value with the last member that shares the most properties
 * with it. For an intersection, the message repeats the whole type and names one alternative; for
 * an interface, it says "Property 'image_url' is missing in type … but required in type
 * 'Needs<"image_url or image_base64">'".
 */
export function neededFields(type: ts.TypeNode): NeededFields | undefined {
  if (!ts.isIntersectionTypeNode(type)) return undefined;
  const parts = flattened(type).map(alternativesOf);
  if (!parts.every((alternatives) => alternatives.length > 0)) return undefined;
  const [words] = parts.flatMap((alternatives) => wordsOf(alternatives) ?? []);
  const members = parts.flatMap((alternatives) => {
    const chosen = alternatives.at(wordsOf(alternatives) === undefined ? -1 : 0);
    return [...(chosen?.members ?? [])];
  });
  return words === undefined ? undefined : { words, members };
}

/** An object counts as one alternative; anything but an object or a union of objects has none. */
function alternativesOf(part: ts.TypeNode): ts.TypeLiteralNode[] {
  const types = ts.isUnionTypeNode(part) ? flattened(part).map(withoutParentheses) : [part];
  return types.every(ts.isTypeLiteralNode) ? types : [];
}

/** The fields that the alternatives require; `undefined` if one of them requires none. */
function wordsOf(alternatives: readonly ts.TypeLiteralNode[]): string | undefined {
  if (alternatives.length < 2) return undefined;
  const demanded = alternatives.map(({ members }) =>
    members.flatMap((member) =>
      ts.isPropertySignature(member) && !member.questionToken && ts.isIdentifier(member.name)
        ? [member.name.text]
        : [],
    ),
  );
  if (demanded.some((fields) => fields.length === 0)) return undefined;
  return [...new Set(demanded.flat())].join(" or ");
}
