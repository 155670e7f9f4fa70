// PIKZELS_API_KEY=pkz_… npx tsx main.ts
import { createPikzels } from "pikzels-client";
import { createRetryBudget } from "./retry-budget.js";

const budget = createRetryBudget();
const pikzels = createPikzels({ onEvent: budget.onEvent });

const { outputs } = await pikzels.titles.fromText(
  { prompt: "A week alone in the Arctic" },
  { maxRetries: budget.maxRetries() },
);
console.log(outputs);
