// PIKZELS_API_KEY=pkz_… npx tsx main.ts Ada https://…/1.png https://…/2.png https://…/3.png
import { createPikzels } from "pikzels-client";
import { personaNamed } from "./persona-file.js";

const [name = "Ada", first = "", second = "", third = ""] = process.argv.slice(2);
const pikzels = createPikzels();
const persona = await personaNamed(pikzels, name, [first, second, third], "personas.json");
const { output } = await pikzels.thumbnails.fromText({
  prompt: "On a summit at sunrise, arms in the air",
  model: "pkz_4_5",
  format: "16:9",
  persona,
});
console.log(output);
