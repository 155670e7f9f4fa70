import { readFileSync } from "node:fs";
import { dump, load } from "js-yaml";
import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/openapi/json.js";
import { valueAt } from "../../src/openapi/pointer.js";
import { findingsOf } from "./documents.js";
import { bankMutations } from "./mutations/bank.js";
import type { Mutation } from "./mutations/mutation.js";
import { shop, shopMutations } from "./mutations/shop.js";
import { zooMutations } from "./mutations/zoo.js";
import { styles } from "./styles.js";

interface Subject {
  name: string;
  /** The document with a change, as it is finally written. */
  document: (change?: Mutation[2]) => JsonObject;
  mutations: readonly Mutation[];
}

function fixture(name: string, mutations: readonly Mutation[]): Subject {
  const text = readFileSync(`test/drift/mutations/${name}.yaml`, "utf8");
  const document: Subject["document"] = (change) => {
    const api = load(text) as JsonObject;
    change?.(api);
    return api;
  };
  return { name: `the ${name}`, document, mutations };
}

const subjects: Subject[] = [
  ...Object.entries(styles).map(([style, write]): Subject => {
    const document: Subject["document"] = (change) => {
      const api = shop();
      change?.(api);
      return write(api);
    };
    return { name: `the shop written as ${style}`, document, mutations: shopMutations };
  }),
  fixture("zoo", zooMutations),
  fixture("bank", bankMutations),
];

describe.each(subjects)("drift finds a change in $name", ({ document, mutations }) => {
  it.each(mutations)(
    "exactly once, with a position that exists: %s (%s)",
    (_what, level, change) => {
      const [base, revision] = [document(), document(change)];

      const findings = findingsOf(base, revision);

      expect(findings.map((finding) => finding.level)).toEqual([level]);
      for (const { base: from, revision: to } of findings) {
        const isThere = [valueAt(base, from.pointer), valueAt(revision, to.pointer)];
        expect(isThere.some((value) => value !== undefined)).toBe(true);
      }
    },
  );

  test("but none after a round trip through YAML", () => {
    expect(findingsOf(document(), load(dump(document())) as JsonObject)).toEqual([]);
  });

  test("of more than forty kinds", () => {
    expect(new Set(mutations.map(([what]) => what)).size).toBe(mutations.length);
    expect(mutations.length).toBeGreaterThan(40);
  });
});

describe.each(Object.entries(styles))("the shop written as %s", (_, style) => {
  it.each(Object.entries(styles))("means the same as written as %s", (_other, otherStyle) => {
    const found = findingsOf(style(shop()), otherStyle(shop()));
    expect(found.filter(({ level }) => level !== "docs")).toEqual([]);
  });
});
