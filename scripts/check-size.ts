import { existsSync } from "node:fs";
import { colors, errorColors } from "./lib/colors.js";
import { runCommand } from "./lib/command.js";
import { InputError } from "./lib/input-error.js";
import { LIMITS, measureMainEntry } from "./package/main-entry.js";

await runCommand({
  name: "npm run check:size --",
  summary: "Measures what the built main entry costs an application that bundles it.",
  options: {
    limit: {
      type: "string",
      value: "BYTES",
      default: String(LIMITS.gzipped),
      help: "most bytes, gzipped",
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
    const { minified, gzipped, gzippedInAll, strangers } = await measureMainEntry();
    const fits = [
      tell(`main entry: ${minified} bytes minified, ${gzipped} gzipped`, gzipped, most),
      tell(`with all it loads: ${gzippedInAll} gzipped`, gzippedInAll, LIMITS.gzippedInAll),
    ];
    for (const line of strangers) process.stderr.write(`${errorColors.red(line)}\n`);
    return fits.every(Boolean) && strangers.length === 0 ? 0 : 1;
  },
});

/** Prints a size beside the most it may be, and says whether it is within. */
function tell(size: string, bytes: number, most: number): boolean {
  const line = `${size}, of at most ${most}`;
  process.stdout.write(`${bytes <= most ? line : colors.red(line)}\n`);
  return bytes <= most;
}
