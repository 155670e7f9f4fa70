// PIKZELS_API_KEY=pkz_… npx tsx main.ts "I climbed it alone" "A climber on a summit" "A hand on an edge"
import { createPikzels } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";
import { chooseVariant } from "./choose-variant.js";

const [title = "I climbed it alone", ...prompts] = process.argv.slice(2);
const best = await chooseVariant(createPikzels(), prompts, { title });
if (best) {
  await downloadTo(best, "best.png");
  console.log(`best.png scores ${best.score}: ${best.prompt}`);
}
