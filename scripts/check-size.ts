import { existsSync } from "node:fs";
import { colors, errorColors } from "./lib/colors.js";
import { runCommand } from "./lib/command.js";
import { InputError } from "./lib/input-error.js";
import { MAX_GZIPPED_BYTES, measureMainEntry } from "./package/main-entry.js";

await runCommand({
  name: "npm run check:size --",
  summary: "Measures what the built main entry costs an application that bundles it.",
  options: {
    limit: {
      type: "string",
      value: "BYTES",
      default: String(MAX_GZIPPED_BYTES),
      help: "most bytes, minified and gzipped",
    },
  },
  exitCodes: {
    0: "small enough, and nothing in it that does not belong",
    1: "too large, or something in it that does not belong",
    2: "not built",
  },
  async run({ limit }) {
    const most = Number(limit);
    if (!Number.isInteger(most)) throw new InputError(`--limit ${limit} is not a number of bytes.`);

    if (!existsSync("dist/index.js")) throw new InputError("Nothing is built yet: npm run build");
    const { minified, gzipped, strangers } = await measureMainEntry();
    const fits = gzipped <= most;
    const size = `main entry: ${minified} bytes minified, ${gzipped} gzipped, of at most ${most}`;
    process.stdout.write(`${fits ? size : colors.red(size)}\n`);
    for (const line of strangers) process.stderr.write(`${errorColors.red(line)}\n`);
    return fits && strangers.length === 0 ? 0 : 1;
  },
});
