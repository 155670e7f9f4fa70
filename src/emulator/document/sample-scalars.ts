import { RegExpParser, type AST } from "@eslint-community/regexpp";
import type { JsonObject } from "../../openapi/json.js";
import { compilePattern, lengthOf, matches } from "./string-keywords.js";

/** A valid string for each format of JSON Schema 2020-12 and OpenAPI that has a syntax. */
const FORMATS: Record<string, (random: () => number) => string> = {
  "date-time": () => "2026-11-27T12:00:00Z",
  date: () => "2026-11-27",
  time: () => "12:00:00Z",
  duration: () => "P1D",
  email: () => "sample@example.com",
  "idn-email": () => "sample@example.com",
  hostname: () => "www.example.com",
  "idn-hostname": () => "www.example.com",
  ipv4: () => "192.0.2.1",
  ipv6: () => "2001:db8::1",
  uri: () => "https://example.com/sample",
  url: () => "https://example.com/sample",
  "uri-reference": () => "https://example.com/sample",
  "uri-template": () => "https://example.com/{id}",
  iri: () => "https://example.com/sample",
  "iri-reference": () => "https://example.com/sample",
  uuid: (random) => uuid(random),
  "json-pointer": () => "/sample",
  "relative-json-pointer": () => "1/sample",
  regex: () => "^sample$",
  byte: () => "c2FtcGxl",
};

/** A string that a schema allows, if samples of its kind can be made. */
export function sampleString(schema: JsonObject, random: () => number): string {
  const { format, pattern } = schema;
  const minLength = Number(schema["minLength"] ?? 0);
  const maxLength = Number(schema["maxLength"] ?? Number.POSITIVE_INFINITY);
  const formatted = typeof format === "string" ? FORMATS[format]?.(random) : undefined;
  if (typeof pattern === "string") {
    if (formatted !== undefined && matches(pattern, formatted)) return formatted;
    return samplePattern(pattern, minLength, maxLength, random) ?? "sample";
  }
  // A very long string would be valid too, but not a useful sample.
  const padded = (formatted ?? "sample").padEnd(Math.min(minLength, 100_000), ".");
  return formatted === undefined ? Array.from(padded).slice(0, maxLength).join("") : padded;
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = "4";
  hex[16] = "a";
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A string that matches a pattern and is of such a length; `undefined` if none was found. */
function samplePattern(
  pattern: string,
  minLength: number,
  maxLength: number,
  random: () => number,
): string | undefined {
  const regExp = compilePattern(pattern);
  const ast = regExp && parse(pattern, regExp.flags);
  if (!regExp || !ast) return undefined;
  const repetitions = [0, 1, 2, 3, 5, 8, minLength].filter((count) => count <= 10_000);
  for (const extra of repetitions) {
    for (let attempt = 0; attempt < 4; attempt++) {
      const fillsLookarounds = attempt % 2 === 0;
      const building = {
        extra,
        random,
        flags: regExp.flags,
        fillsLookarounds,
        captured: new Map(),
      };
      const text = build(ast, building);
      // A pattern that is not anchored may match in the middle of a longer text.
      const missing = "a".repeat(Math.max(0, Math.min(minLength, 100_000) - lengthOf(text)));
      const found = [text, text + missing, missing + text].find(
        (one) => lengthOf(one) >= minLength && lengthOf(one) <= maxLength && regExp.test(one),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function parse(pattern: string, flags: string): AST.Pattern | undefined {
  try {
    return new RegExpParser().parsePattern(pattern, 0, undefined, { unicode: flags === "u" });
  } catch {
    return undefined; // Its syntax is newer than the parser.
  }
}

/** A number within the bounds of a schema: a random one if it has both, or none. */
export function sampleNumber(schema: JsonObject, isInteger: boolean, random: () => number): number {
  const step = Number(schema["multipleOf"] ?? (isInteger ? 1 : 0));
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const gap = step > 0 ? step : 0.5;
  const least = Math.max(
    ...[minimum].map((bound) => Number(bound ?? Number.NEGATIVE_INFINITY)),
    exclusiveMinimum === undefined ? Number.NEGATIVE_INFINITY : Number(exclusiveMinimum) + gap,
  );
  // Without any bound, a range in which samples differ: scores that are all 0 look like a fault.
  const isFree = least === Number.NEGATIVE_INFINITY && !isInteger;
  const most = Math.min(
    Number(maximum ?? (isFree ? 100 : Number.POSITIVE_INFINITY)),
    exclusiveMaximum === undefined ? Number.POSITIVE_INFINITY : Number(exclusiveMaximum) - gap,
  );
  const low = Number.isFinite(least) ? least : Math.min(0, most);
  const value = Number.isFinite(most) && most > low ? low + random() * (most - low) : low;
  if (step === 0) return most - low >= 2 ? Math.round(value) : value;
  const rounded = Math.floor(value / step) * step;
  return Number((rounded < low ? rounded + step : rounded).toPrecision(12));
}

interface Building {
  /** How often an unbounded quantifier repeats beyond its least. */
  extra: number;
  random: () => number;
  /** Those with which the pattern is compiled. */
  flags: string;
  /** What each capturing group has matched last. */
  captured: Map<AST.CapturingGroup, string>;
  /** Whether what a lookahead or lookbehind asks for is put in its place. */
  fillsLookarounds: boolean;
}

function build(node: AST.Pattern | AST.Element, building: Building): string {
  switch (node.type) {
    case "Pattern":
    case "Group":
      return buildAlternative(node.alternatives, building);
    case "CapturingGroup": {
      const text = buildAlternative(node.alternatives, building);
      building.captured.set(node, text);
      return text;
    }
    case "Backreference": {
      const groups = [node.resolved].flat();
      return groups.map((group) => building.captured.get(group)).join("");
    }
    case "Assertion": {
      // Assertions match no text. Whether they hold is tested on the whole string.
      const isLookaround = node.kind === "lookahead" || node.kind === "lookbehind";
      const isAsked = building.fillsLookarounds && isLookaround && !node.negate;
      return isAsked ? buildAlternative(node.alternatives, building) : "";
    }
    case "Quantifier": {
      const count = Math.min(node.max, node.min + building.extra, 10_000);
      return Array.from({ length: count }, () => build(node.element, building)).join("");
    }
    case "Character":
      return String.fromCodePoint(node.value);
    case "CharacterClass":
    case "CharacterSet":
    case "ExpressionCharacterClass":
      return sampleCharacter(new RegExp(node.raw, building.flags), building.random);
  }
}

function buildAlternative(alternatives: AST.Alternative[], building: Building): string {
  const index = Math.floor(building.random() * alternatives.length);
  return (alternatives[index]?.elements ?? []).map((element) => build(element, building)).join("");
}

/** Letters and digits first: a sample should be easy to read. */
const CANDIDATES = [
  ...Array.from("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)),
  "\t",
  "\n",
  "\r",
];

/** A character that fits: a letter or digit if possible, else the first one that there is. */
function sampleCharacter(pattern: RegExp, random: () => number): string {
  const fitting = CANDIDATES.slice(0, 62).filter((candidate) => pattern.test(candidate));
  return (
    fitting[Math.floor(random() * fitting.length)] ??
    CANDIDATES.find((candidate) => pattern.test(candidate)) ??
    firstFitting(pattern)
  );
}

/** Beyond the characters of everyday writing there are few that a pattern asks for. */
const LAST_CHARACTER = 0x1ffff;

function firstFitting(pattern: RegExp): string {
  for (let code = 0; code <= LAST_CHARACTER; code++) {
    const character = String.fromCodePoint(code);
    if (pattern.test(character)) return character;
  }
  return "";
}
