// PIKZELS_API_KEY=pkz_… npx tsx main.ts https://example.com/photo.png
import { createPikzels } from "pikzels-client";
import { rate } from "./rate.js";

const [image_url = "https://example.com/photo.png"] = process.argv.slice(2);
console.log(await rate(createPikzels(), image_url));
