import { createPikzels } from "pikzels-client";

const [prompt = "A week alone in the Arctic"] = process.argv.slice(2);
const { outputs } = await createPikzels().titles.fromText({ prompt });
for (const title of outputs) console.log(title);
