import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { kebabCase } from "../../src/cli/operations/kebab-case.js";
import { loadOperations } from "../../src/cli/operations/operations.js";
import { isPositional } from "../../src/cli/operations/input-names.js";
import { prices } from "../../src/generated/prices.js";
import { cli } from "./support.js";

const operations = loadOperations().map((operation) => [operation.name, operation] as const);

afterEach(() => void vi.unstubAllEnvs());

test("without arguments, usage is printed on standard output", async () => {
  const { code, stdout, stderr } = await cli([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: pikzels-client /);
});

test("--version prints the version of the package", async () => {
  expect((await cli(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe("the command list", () => {
  test.each(operations)("has %s", async (_name, { words }) => {
    expect((await cli([])).stdout).toContain(`  ${words.join(" ")}`);
  });

  test("has the tools it is given, and loads none of them", async () => {
    const define = vi.fn();
    const { stdout } = await cli([], {
      commands: [{ name: "polish", summary: "Polishes.", define }],
    });
    expect(stdout).toMatch(/^ {2}polish +Polishes\.$/m);
    expect(define).not.toHaveBeenCalled();
  });
});

describe("the help of an operation", () => {
  test.each(operations)(
    "%s names everything that the operation takes",
    async (_name, operation) => {
      const { stdout } = await cli([...operation.words, "--help"]);
      for (const input of operation.inputs) {
        const term = isPositional(input) ? `  ${input.name} ` : `--${kebabCase(input.name)}`;
        expect(stdout).toContain(term);
        for (const choice of input.choices ?? []) expect(stdout).toContain(String(choice));
      }
    },
  );

  test.each(operations)("`help %s` is the same as --help", async (_name, { words }) => {
    const asked = await cli(["help", ...words]);
    expect(asked).toEqual(await cli([...words, "--help"]));
    expect(asked.code).toBe(0);
  });

  test("says what a success costs, by the field that decides", async () => {
    const priced = operations.flatMap(([, operation]) => {
      const price = prices[operation.id];
      return price ? [{ operation, price }] : [];
    });
    expect(priced.length).toBeGreaterThan(0);
    for (const { operation, price } of priced) {
      const { stdout } = await cli([...operation.words, "--help"]);
      const rows = "by" in price ? Object.entries(price.values) : [["", price] as const];
      for (const [value, cost] of rows)
        expect(stdout).toMatch(new RegExp(`^ +${value} *\\$${cost?.low.toFixed(2)}`, "m"));
    }
  });

  test("a group without an operation lists its operations", async () => {
    const [, { words }] = operations[0] ?? expect.unreachable();
    const { code, stdout } = await cli([words[0]]);
    expect(code).toBe(0);
    expect(stdout).toContain(words.join(" "));
  });
});

describe("on a terminal of 50 columns", () => {
  const commands: [string, readonly string[]][] = [
    ["the list", []],
    ...operations.map(([name, { words }]): [string, readonly string[]] => [name, words]),
  ];
  test.each(commands)("no line of %s is longer than that", async (_name, words) => {
    const { stdout } = await cli([...words, "--help"], { terminal: 50 });
    const lines = stripVTControlCharacters(stdout).split("\n");
    // A usage line is meant to be copied, so it is not wrapped.
    const longest = lines.filter((line) => !line.startsWith("Usage:")).map(({ length }) => length);
    expect(Math.max(...longest)).toBeLessThanOrEqual(50);
  });
});

describe("colours", () => {
  const isColored = async (terminal?: number) => {
    const { stdout } = await cli([], terminal === undefined ? {} : { terminal });
    return stdout !== stripVTControlCharacters(stdout);
  };

  test.for([
    { where: "on a terminal", terminal: 80, env: {}, colored: true },
    { where: "in a pipe", terminal: undefined, env: {}, colored: false },
    {
      where: "in a pipe with FORCE_COLOR",
      terminal: undefined,
      env: { FORCE_COLOR: "1" },
      colored: true,
    },
    {
      where: "on a terminal with FORCE_COLOR=0",
      terminal: 80,
      env: { FORCE_COLOR: "0" },
      colored: false,
    },
    { where: "on a terminal with NO_COLOR", terminal: 80, env: { NO_COLOR: "1" }, colored: false },
    {
      where: "with NO_COLOR and FORCE_COLOR",
      terminal: 80,
      env: { NO_COLOR: "1", FORCE_COLOR: "1" },
      colored: false,
    },
  ])("$where: $colored", async ({ terminal, env, colored }) => {
    for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await isColored(terminal)).toBe(colored);
  });
});
