import ts from "typescript";
import { flattened, withoutParentheses } from "./type-layout.js";

/** A plain object type that a compiler's message can name. */
export interface NeededFields {
  /** `image_url or image_base64` */
  words: string;
  members: ts.TypeElement[];
}

/**
 * Finds what every value of a type needs, if the type is an intersection of objects and of alternatives
 * that exclude each other: the words for the first choice, and the members of one alternative of each.
 *
 * Of a union the compiler compares a value with the last member that has as many of its properties as any
 * other. For intersections it repeats the whole type and names one alternative; for an interface it says
 * "Property 'image_url' is missing in type … but required in type 'Needs<"image_url or image_base64">'".
 */
export function neededFields(type: ts.TypeNode): NeededFields | undefined {
  if (!ts.isIntersectionTypeNode(type)) return undefined;
  const choices = flattened(type).map(alternativesOf);
  if (!choices.every((alternatives) => alternatives.length > 0)) return undefined;
  const [words] = choices.flatMap((alternatives) => wordsOf(alternatives) ?? []);
  const members = choices.flatMap(([first]) => [...(first?.members ?? [])]);
  return words === undefined ? undefined : { words, members };
}

/** An object is one alternative; what is neither an object nor a union of them is none. */
function alternativesOf(part: ts.TypeNode): ts.TypeLiteralNode[] {
  const types = ts.isUnionTypeNode(part) ? flattened(part).map(withoutParentheses) : [part];
  return types.every(ts.isTypeLiteralNode) ? types : [];
}

/** The fields of which each alternative demands one; `undefined` if one of them demands none. */
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
