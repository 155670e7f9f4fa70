import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../scripts/lib/command.js";
import { formatPage } from "../scripts/lib/generated-page.js";
import { InputError } from "../scripts/lib/input-error.js";
import { writeFileAtomically } from "../scripts/lib/write-file.js";
import { ROOT } from "./lib/paths.js";
import { benchmarksPage } from "./report/page.js";
import { plot } from "./report/plot.js";
import { COMMANDS, readResults } from "./report/results.js";

await runCommand({
  name: "npm run bench:report",
  summary: "Writes docs/benchmarks.md and its plot from what `npm run bench` has measured.",
  options: {},
  exitCodes: { 0: "written", 2: "nothing has been measured yet" },
  async run() {
    const results = await readResults();
    if (results.length === 0) throw new InputError("Nothing is measured yet: run npm run bench.");
    const page = join(ROOT, "docs/benchmarks.md");
    const picture = join(ROOT, "docs/benchmarks.svg");
    const manifests = await Promise.all(
      ["package.json", "bench/package.json"].map((file) => readFile(join(ROOT, file), "utf8")),
    );
    const markdown = benchmarksPage(results, manifests);
    await writeFileAtomically(page, await formatPage(page, markdown));
    const panels = results.filter(({ suite }) => COMMANDS.includes(suite));
    if (panels.length > 0) await writeFileAtomically(picture, plot(panels));
    process.stdout.write(`${page} is written\n`);
    return 0;
  },
});
