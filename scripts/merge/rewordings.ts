import { toPointer } from "../../src/openapi/pointer.js";
import { createLocator } from "../lib/locate.js";
import type { SourceText } from "../lib/source-text.js";
import { differences } from "./compare.js";
import { placeName } from "./conflicts.js";
import { enumerate } from "./describe.js";
import { partsOf } from "./parts.js";
import { readFragment } from "./read-fragment.js";
import type { OwnedPart } from "./unite.js";

/** A warning for each part whose words for people are taken from one fragment, not another. */
export function explainRewordings(
  reworded: ReadonlyMap<string, readonly SourceText[]>,
  parts: ReadonlyMap<string, OwnedPart>,
): string[] {
  const locate = createLocator();
  return [...reworded].flatMap(([id, [source, ...others]]) => {
    const kept = parts.get(id);
    const dropped = source && partsOf(readFragment(source)).find((part) => part.id === id);
    if (!kept || !dropped) return [];
    const path = differences(kept.part.value, dropped.value, kept.part.role)[0]?.path ?? [];
    const place = (file: SourceText, start: string[]) =>
      placeName({ file: file.file, ...locate(file, toPointer([...start, ...path])) });
    const aside =
      others.length > 0 ? ` (the same part in ${enumerate(others.map(({ file }) => file))})` : "";
    return [
      `${place(source, dropped.path)}: warning: ${id} is worded differently at ` +
        `${place(kept.owner, kept.part.path)}, whose words are used${aside}`,
    ];
  });
}
