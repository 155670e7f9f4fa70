import { runCommand } from "./lib/command.js";
import { buildSite } from "./site/build-site.js";

await runCommand({
  name: "npm run docs --",
  summary: "Builds the documentation site: README, guides, examples and the API reference.",
  options: {
    out: { type: "string", value: "DIR", default: "site", help: "where; replaced as a whole" },
  },
  exitCodes: {
    0: "built",
    2: "something is not documented, or links nowhere; what was there before is still there",
  },
  run: async ({ out }) => {
    const { pages } = await buildSite(out);
    process.stdout.write(`${pages} pages in ${out}; open ${out}/index.html\n`);
    return 0;
  },
});
