import ts from "typescript";

/** A part of the schema that gets a name of its own, so that editors and docs can say it short. */
export interface NamedType {
  name: string;
  /** Its docstring, ready to be printed. */
  comment: string;
  /** What it is, as code that refers to `operations`. */
  type: string;
  /** The keys that lead to it in `operations`; left out if it is put together of several parts. */
  place?: readonly string[];
}

const KEY_SEPARATOR = "\n";

/** Moves types out of `operations` to where they have names, and leaves references behind. */
export class NamedTypes {
  readonly #byPlace: ReadonlyMap<string, NamedType>;
  readonly #onMove: (named: NamedType, type: ts.TypeNode) => void;

  /** @param onMove takes each type when it is moved. */
  constructor(named: readonly NamedType[], onMove: (named: NamedType, type: ts.TypeNode) => void) {
    this.#byPlace = new Map(
      named.flatMap((one) => (one.place ? [[one.place.join(KEY_SEPARATOR), one] as const] : [])),
    );
    this.#onMove = onMove;
  }

  /** A member of `operations` with references to names in place of the types that were moved. */
  moveFrom(member: ts.TypeElement, place: readonly string[] = []): ts.TypeElement {
    if (!ts.isPropertySignature(member) || !member.type || ts.isComputedPropertyName(member.name)) {
      return member;
    }
    const { modifiers, name, questionToken, type } = member;
    const inner = this.#move(type, [...place, name.text]);
    return inner === type
      ? member
      : ts.factory.updatePropertySignature(member, modifiers, name, questionToken, inner);
  }

  #move(type: ts.TypeNode, place: readonly string[]): ts.TypeNode {
    const rest = ts.isTypeLiteralNode(type)
      ? ts.factory.createTypeLiteralNode(type.members.map((member) => this.moveFrom(member, place)))
      : type;
    const named = this.#byPlace.get(place.join(KEY_SEPARATOR));
    // A reference led elsewhere: then the name refers to it too.
    if (!named || ts.isIndexedAccessTypeNode(rest)) return rest;
    this.#onMove(named, rest);
    return ts.factory.createTypeReferenceNode(named.name);
  }
}
