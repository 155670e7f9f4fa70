import { expect } from "vitest";
import { InputError } from "../../scripts/lib/input-error.js";
import type { SourceText } from "../../scripts/lib/source-text.js";
import { mergeFragments, type MergeOptions } from "../../scripts/merge/merge-fragments.js";

export function source(file: string, text: string): SourceText {
  return { file, text, lineOffset: 0 };
}

/** A small fragment: everything that the tests do not care about is filled in. */
export function fragment(
  file: string,
  {
    openapi = "3.0.3",
    root = {},
    method = "get",
    path = "/a",
    pathFields = {},
    operation = {},
    components,
  }: {
    openapi?: string;
    root?: object;
    method?: string;
    path?: string;
    pathFields?: object;
    operation?: object;
    components?: object;
  } = {},
): SourceText {
  const document = {
    openapi,
    info: { title: "Test API", version: "1" },
    ...root,
    paths: {
      [path]: {
        ...pathFields,
        [method]: { responses: { "200": { description: "fine" } }, ...operation },
      },
    },
    ...(components ? { components } : {}),
  };
  return source(file, JSON.stringify(document, null, 2));
}

/** The lines of the error that merging rejects with. */
export function errorLines(sources: SourceText[], options?: MergeOptions): string[] {
  try {
    mergeFragments(sources, options);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message.split("\n");
  }
  throw new Error("the merge was expected to fail");
}
