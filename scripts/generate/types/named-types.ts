import ts from "typescript";

/**
 * A part of the schema that gets a name of its own, so that editors and docs can refer to it
 * briefly.
 */
export interface NamedType {
  name: string;
  /** Its docstring, ready to print. */
  comment: string;
  /** Its definition, as code that refers to `operations`. */
  type: string;
  /** The keys that lead to it in `operations`; omitted if it combines several parts. */
  place?: readonly string[];
}

const KEY_SEPARATOR = "\n";

/** Moves types out of `operations` to named declarations, leaving references behind. */
export class NamedTypes {
  readonly #byPlace: ReadonlyMap<string, NamedType>;
  readonly #onMove: (named: NamedType, type: ts.TypeNode) => void;

  /** @param onMove receives each type when it is moved. */
  constructor(named: readonly NamedType[], onMove: (named: NamedType, type: ts.TypeNode) => void) {
    this.#byPlace = new Map(
      named.flatMap((one) => (one.place ? [[one.place.join(KEY_SEPARATOR), one] as const] : [])),
    );
    this.#onMove = onMove;
  }

  /** A member of `operations`, with references in place of the types that were moved. */
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
    // It is a reference to another type; then the name refers to that type too.
    if (!named || ts.isIndexedAccessTypeNode(rest)) return rest;
    this.#onMove(named, rest);
    return ts.factory.createTypeReferenceNode(named.name);
  }
}
