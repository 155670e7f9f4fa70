import { runCommand } from "./lib/command.js";
import { startProgress } from "./lib/progress.js";
import { buildSite } from "./site/build-site.js";

await runCommand({
  name: "npm run docs --",
  summary: "Builds the documentation site: README, guides, examples and the API reference.",
  options: {
    out: { type: "string", value: "DIR", default: "site", help: "where; replaced as a whole" },
  },
  exitCodes: {
    0: "built",
    2: "something is not documented or links nowhere, or the folder is no site; nothing was changed",
  },
  run: async ({ out }) => {
    const progress = startProgress("Building the site", 3);
    const { pages } = await buildSite(out, progress.step).finally(progress.stop);
    process.stdout.write(`${pages} pages in ${out}; open ${out}/index.html\n`);
    return 0;
  },
});
