// PIKZELS_API_KEY=pkz_… npx tsx main.ts prompts.txt thumbnails
import { mkdir, readFile } from "node:fs/promises";
import { createPikzels } from "pikzels-client";
import { makeAll } from "./make-all.js";

const [list = "prompts.txt", folder = "thumbnails"] = process.argv.slice(2);
const prompts = (await readFile(list, "utf8")).split("\n").filter((line) => line.trim());
await mkdir(folder, { recursive: true });

const made = await makeAll(createPikzels(), prompts, folder);
for (const one of made) console.log(JSON.stringify(one));
if (made.some((one) => "error" in one)) process.exitCode = 1;
