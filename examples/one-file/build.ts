// npm install --save-dev esbuild
// npx tsx build.ts && PIKZELS_API_KEY=pkz_… node titles.mjs "A week alone in the Arctic"
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [outfile = "titles.mjs"] = process.argv.slice(2);
await build({
  entryPoints: [fileURLToPath(new URL("titles.ts", import.meta.url))],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
});
