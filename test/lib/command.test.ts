import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runCommand } from "../../scripts/lib/command.js";
import { InputError } from "../../scripts/lib/input-error.js";

let output: string;
let errors: string;
beforeEach(() => {
  output = "";
  errors = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((output += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((errors += String(text)), true));
  vi.stubEnv("DEBUG", "");
});
afterEach(() => {
  process.exitCode = undefined;
  vi.unstubAllEnvs();
});

interface Values {
  file: string;
  base: string | undefined;
  check: boolean;
}

async function run(argv: string[], work: (options: Values) => Promise<number> | number = () => 0) {
  await runCommand(
    {
      name: "npm run sample --",
      summary: "Shows how commands behave.",
      options: {
        file: { type: "string", value: "FILE", default: "a.yaml", help: "what to read" },
        base: { type: "string", value: "FILE", help: "what to compare with" },
        check: { type: "boolean", help: "writes nothing" },
      },
      exitCodes: { 0: "done", 1: "stale" },
      run: async (options) => work(options),
    },
    argv,
  );
  return process.exitCode;
}

test("a command passes on the options with their defaults, and exits with the result of its work", async () => {
  const work = vi.fn<(options: Values) => number>(() => 1);
  expect(await run(["--base=b.yaml", "--check"], work)).toBe(1);
  expect(work).toHaveBeenCalledWith(
    expect.objectContaining({ file: "a.yaml", base: "b.yaml", check: true }),
  );
  await run([], work);
  expect(work).toHaveBeenLastCalledWith(expect.objectContaining({ check: false }));
  expect(work.mock.lastCall?.[0].base).toBeUndefined();
});

test.each(["--help", "-h"])(
  "a command prints its help with %s and does nothing else",
  async (flag) => {
    const work = vi.fn(() => 0);
    expect(await run([flag], work)).not.toBe(2);
    expect(work).not.toHaveBeenCalled();
    expect(errors).toBe("");
    expect(output).toContain("Shows how commands behave.");
    expect(output).toMatch(/--file FILE +what to read \(default: a\.yaml\)/);
    expect(output).toMatch(/--check +writes nothing/);
    expect(output).toMatch(/1 {2}stale/);
  },
);

test.each([
  ["an unknown option", ["--nope"], "--nope"],
  ["an option without its value", ["--base"], "--base"],
  ["an option that swallows the next", ["--base", "--check"], "--base"],
  ["a value for a flag", ["--check=yes"], "--check"],
  ["a stray argument", ["stray"], "stray"],
])("a command answers %s with one line that points to the help", async (_name, argv, named) => {
  const work = vi.fn(() => 0);
  expect(await run(argv, work)).toBe(2);
  expect(work).not.toHaveBeenCalled();
  expect(errors).toMatch(/^[^\n]+See npm run sample -- --help\.\n$/);
  expect(errors).toContain(named);
});

test("a command prints bad input unchanged, without a stack trace", async () => {
  const position = { line: 3, column: 5 };
  const exit = await run([], () => {
    throw InputError.at("a.yaml", position, "is odd");
  });
  expect(exit).toBe(2);
  expect(errors).toBe("a.yaml:3:5: is odd\n");
});

test("a command says how to see more of an internal error, and shows it with DEBUG", async () => {
  const fail = () => {
    throw new TypeError("x is not a function\n  at all");
  };
  expect(await run([], fail)).toBe(2);
  expect(errors).toBe(
    "npm run sample --: failed unexpectedly: x is not a function at all (run again with DEBUG=1 for the trace)\n",
  );
  vi.stubEnv("DEBUG", "1");
  await run([], fail);
  expect(errors).toContain("command.test.ts");
});

test("a command treats a thrown value that is not an error the same way", async () => {
  await run([], vi.fn().mockRejectedValue("plain text"));
  expect(errors).toContain("failed unexpectedly: plain text");
});
