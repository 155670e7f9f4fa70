import { readFile } from "node:fs/promises";
import { runCommand } from "./lib/command.js";
import { writeFileAtomically } from "./lib/write-file.js";

await runCommand({
  name: "tsx scripts/set-version.ts",
  summary: "Writes the version of package.json into src/version.ts, which the User-Agent names.",
  options: {},
  exitCodes: { 0: "written", 2: "could not write" },
  async run() {
    const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
    await writeFileAtomically(
      "src/version.ts",
      `/** The version of this package, as package.json has it; \`npm run release:version\` sets it. */\nexport const version = ${JSON.stringify(version)};\n`,
    );
    return 0;
  },
});
