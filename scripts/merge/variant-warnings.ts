import { toPointer } from "../../src/openapi/pointer.js";
import { createLocator } from "../lib/locate.js";
import type { Occurrence } from "./collect.js";
import { differences } from "./compare.js";
import { placeName } from "./conflicts.js";
import { enumerate } from "./describe.js";

/** A warning for each entry that fragments write in several ways with the same meaning. */
export function explainVariants(
  variants: ReadonlyMap<string, readonly Occurrence[]>,
  kept: ReadonlyMap<string, Occurrence>,
): string[] {
  const locate = createLocator();
  const place = ({ source, entry }: Occurrence, inside: readonly string[]) =>
    placeName({ file: source.file, ...locate(source, toPointer([...entry.path, ...inside])) });
  return [...variants].flatMap(([id, [variant, ...others]]) => {
    const first = kept.get(id);
    if (!first || !variant) return [];
    const { entry } = variant;
    const [difference] = differences(first.entry.value, entry.value, entry.kind);
    const inside = difference?.path ?? [];
    const aside =
      others.length > 0
        ? ` (the same in ${enumerate(others.map(({ source }) => source.file))})`
        : "";
    const what = entry.mayDiffer
      ? `${id}: ${String(entry.value)} here, ${String(first.entry.value)} at ${place(first, inside)}`
      : `${id} is worded differently at ${place(first, inside)}, whose words are used`;
    return [`${place(variant, inside)}: warning: ${what}${aside}`];
  });
}
