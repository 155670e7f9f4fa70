import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";
import { resolveOptions as resolveRedisOptions } from "../../src/redis/options.js";
import { measureDefaults, type Defaults } from "./defaults.js";
import { root } from "./snippets.js";

let measured: Defaults;
beforeAll(async () => {
  measured = await measureDefaults();
});

const WORDS =
  "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(
    " ",
  );
const word = (number: number) => WORDS[number] ?? String(number);
const second = 1000;
const minute = 60 * second;
const MiB = 2 ** 20;
/** As a TypeScript literal: 600_000. */
const literal = (number: number) => number.toLocaleString("en").replaceAll(",", "_");

/** Returns a page's text on one line, so that a phrase is found across line breaks. */
async function wordsOf(page: string): Promise<string> {
  const text = await readFile(join(root, page), "utf8");
  return text.replaceAll(/\n\s*(\*|\/\/)?\s*/g, " ");
}

const phrases: [page: string, phrase: (its: Defaults) => string | Promise<string>][] = [
  ["README.md", ({ imageBytes }) => `refused above ${imageBytes / MiB} MB`],
  [
    "README.md",
    ({ concurrency }) => `in flight, ${concurrency} unless \`concurrency\` says otherwise`,
  ],
  [
    "docs/concurrency.md",
    ({ concurrency }) => `${word(concurrency)} requests in flight is the client's default`,
  ],
  [
    "docs/images.md",
    ({ imageBytes }) => `over ${imageBytes / MiB} MB (${imageBytes / MiB} × 1024 × 1024 bytes)`,
  ],
  [
    "docs/images.md",
    ({ download }) =>
      `stop at ${download.bytes / MiB} MiB (\`maxBytes\`) and after ${word(download.ms / minute)} minutes`,
  ],
  ["docs/waiting.md", (its) => `may be at work for ${word(its.callMs / minute)} minutes`],
  ["docs/waiting.md", (its) => `one attempt of a POST may take ${its.attemptMs.post / second} s`],
  ["docs/waiting.md", (its) => `default ${its.waiting.intervalMs}, give or take a fifth`],
  [
    "docs/waiting.md",
    (its) => (its.waiting.ms === 30 * minute ? "default half an hour" : "another default"),
  ],
  ["docs/waiting.md", (its) => `${word(its.waiting.failures)} failures in a row end the waiting`],
  ...["docs/retries-and-money.md", "docs/reliability.md"].flatMap((page): typeof phrases => [
    [
      page,
      ({ backoffMs: { first, longest } }) =>
        `from at most ${first / second} s to at most ${longest / second} s`,
    ],
    [page, ({ retryAfterMs }) => `honoured up to ${retryAfterMs / second} s (\`maxRetryAfterMs\`)`],
  ]),
  ["docs/retries-and-money.md", (its) => `default ${its.retries}; 0 is exactly one request`],
  ["docs/reliability.md", (its) => `exactly one request.** The default is ${its.retries} more`],
  [
    "docs/reliability.md",
    ({ attemptMs: { post, other } }) =>
      `${post / second} s for one attempt of a POST, ${other / second} s for the others`,
  ],
  ["docs/reliability.md", (its) => `${its.callMs / minute} minutes of work for a call`],
  [
    "docs/reliability.md",
    ({ concurrency }) => `At most ${concurrency} requests of one key are in flight`,
  ],
];

const docstrings: typeof phrases = [
  [
    "src/wrappers/options.ts",
    (its) => `@default ${literal(its.callMs)} (${its.callMs / minute} minutes;`,
  ],
  ["src/wrappers/options.ts", (its) => `@default ${its.retries} /`],
  [
    "src/wrappers/options.ts",
    ({ attemptMs: { post, other } }) =>
      `@default ${literal(post)} for a POST, ${literal(other)} for the others`,
  ],
  ["src/wrappers/options.ts", (its) => `@default ${literal(its.retryAfterMs)} /`],
  ["src/wrappers/options.ts", (its) => `@default ${its.concurrency} /`],
  ["src/wrappers/wait-until-ready.ts", (its) => `at most. @default ${literal(its.waiting.ms)}`],
  ["src/wrappers/wait-until-ready.ts", (its) => `a fifth. @default ${its.waiting.intervalMs}`],
  ["src/images/download.ts", (its) => `@default ${literal(its.download.ms)}`],
  ["src/images/download.ts", (its) => `@default ${literal(its.download.bytes)}`],
];

describe("every figure in the docs is what the client really does:", () => {
  test.for([...phrases, ...docstrings])("%s (%#)", async ([page, phrase]) => {
    expect(await wordsOf(page)).toContain(await phrase(measured));
  });
});

test("the defaults of the shared limit are those in its docstrings", async () => {
  const redis = new Redis({ lazyConnect: true });
  const defaults = resolveRedisOptions({ redis });
  const words = await wordsOf("src/redis/options.ts");
  const said = [...words.matchAll(/@default (\S+) \/ (\w+)\?/g)].map(([, value = "", name]) => [
    name,
    JSON.parse(value.replaceAll("_", "")) as unknown,
  ]);
  expect({ redis, ...Object.fromEntries(said) }).toEqual(defaults);
});

test("the first program in the README does its work in six statements", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const [program] = fencedBlocks(readme).filter(({ info }) => info === "ts");
  const { text } = program ?? expect.unreachable("the README has a program");
  const { statements } = ts.createSourceFile("program.ts", text, ts.ScriptTarget.Latest);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.length).toBeLessThanOrEqual(6);
});

test("the README has at most 160 lines that are not generated from the spec", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const byHand = readme.replaceAll(/<!-- generated: (\w|-)+ -->[^]*?<!-- \/generated/g, "");
  expect(byHand.split("\n").length).toBeLessThanOrEqual(160);
});
