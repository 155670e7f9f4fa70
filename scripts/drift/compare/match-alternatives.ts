import { referenceOf, type Located } from "../api-document.js";
import { isObject } from "../../../src/openapi/json.js";
import type { AlternativeGroup } from "../schema/alternatives.js";
import type { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

interface Matched {
  pairs: SchemaNode[];
  gone: Located[];
  added: Located[];
}

type IsPair = (base: Located, revision: Located) => boolean;

/**
 * Finds for each alternative the one it was: by the component's name, by being the same, by its
 * title, by its type; and where one is left on either side, they are taken to be each other.
 */
export function matchAlternatives(
  comparer: SchemaComparer,
  base: AlternativeGroup,
  revision: AlternativeGroup,
): Matched {
  const matched: Matched = {
    pairs: [],
    gone: [...base.alternatives],
    added: [...revision.alternatives],
  };
  const compare = (from: Located, to: Located) => comparer.compare([from], [to], from, to);
  const pairUp = (isPair: IsPair) => {
    for (const from of [...matched.gone]) {
      const to = matched.added.find((candidate) => isPair(from, candidate));
      if (!to) continue;
      matched.pairs.push(compare(from, to));
      matched.gone.splice(matched.gone.indexOf(from), 1);
      matched.added.splice(matched.added.indexOf(to), 1);
    }
  };
  pairUp(haveSame(referenceOf));
  pairUp((from, to) => compare(from, to).isSame());
  pairUp(haveSame((value) => field(value, "title")));
  pairUp(haveSame(typeOf));
  if (matched.gone.length === 1 && matched.added.length === 1) pairUp(() => true);
  return matched;
}

function haveSame(property: (value: unknown) => string | undefined): IsPair {
  return (from, to) => {
    const name = property(from.value);
    return name !== undefined && name === property(to.value);
  };
}

function field(value: unknown, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** Objects have too little in common to be told apart by type. */
function typeOf(value: unknown): string | undefined {
  const type = field(value, "type");
  return type === "object" ? undefined : type;
}
