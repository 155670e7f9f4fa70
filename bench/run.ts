import { parseArgs } from "node:util";
import { installDependencies } from "./lib/dependencies.js";

/** Prints its own measurements; `rounds` is how often each one is taken. */
export type Suite = (options: { rounds: number }) => Promise<void>;

const SUITES = new Map<string, () => Promise<{ default: Suite }>>([
  ["merge", () => import("./merge.js")],
  ["generate", () => import("./generate.js")],
  ["drift", () => import("./drift.js")],
  ["client", () => import("./client.js")],
]);

const HELP = `Measures this project against others, side by side.

Usage: npm run bench -- [suite…] [--rounds N]

  suite       ${[...SUITES.keys()].join(", ")} (default: all)
  --rounds N  how often each is measured (default: 5)
  --help      shows this

Exit codes:
  0  measured
  2  an unknown suite or option, or something that should be measured failed
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else await run(positionals.length > 0 ? positionals : [...SUITES.keys()], Number(values.rounds));
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

async function run(names: string[], rounds: number) {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds is not a whole number");
  const suites = names.map((name) => {
    const load = SUITES.get(name);
    if (!load) throw new Error(`unknown suite ${name}: there are ${[...SUITES.keys()].join(", ")}`);
    return load;
  });
  installDependencies();
  for (const load of suites) await (await load()).default({ rounds });
}
