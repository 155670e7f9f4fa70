import { readFile } from "node:fs/promises";
import { runCommand } from "./lib/command.js";
import { InputError } from "./lib/input-error.js";
import { writeFileAtomically } from "./lib/write-file.js";
import { addressesOf, missingAddresses } from "./release/addresses.js";

/** Marks instructions for installing from a clone, which a published README must not contain. */
const FROM_A_CLONE = "npm pack";

await runCommand({
  name: "npm run release --",
  summary: "Says what keeps this package from being published, or fills in its addresses.",
  options: {
    repository: {
      type: "string",
      value: "URL",
      help: "writes repository, homepage and bugs into package.json",
    },
  },
  exitCodes: { 0: "ready to publish, or filled in", 1: "not ready", 2: "no usable address" },
  async run({ repository }) {
    const manifest = JSON.parse(await readFile("package.json", "utf8")) as object;
    if (repository !== undefined) {
      const addresses = addressesOf(repository);
      if (!addresses) {
        throw new InputError(`--repository ${repository} is not https://HOST/OWNER/NAME.`);
      }
      const text = `${JSON.stringify({ ...manifest, ...addresses }, null, 2)}\n`;
      await writeFileAtomically("package.json", text);
      process.stdout.write("package.json: repository, homepage and bugs written\n");
      return 0;
    }
    const problems = missingAddresses(manifest);
    if ((await readFile("README.md", "utf8")).includes(FROM_A_CLONE)) {
      problems.push("README.md says how to install from a clone: say `npm install` alone");
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (problems.length === 0) process.stdout.write("ready to publish\n");
    return problems.length === 0 ? 0 : 1;
  },
});
