// PIKZELS_API_KEY=pkz_… npx tsx main.ts journal.ndjson "A summit" "A cave" …
// On SIGTERM or Ctrl-C it sends nothing more, and finishes and records what has been sent.
import { createPikzels, isPikzelsError } from "pikzels-client";
import { openJournal } from "./journal.js";

const [file = "journal.ndjson", ...prompts] = process.argv.slice(2);
const journal = openJournal(file);
const pikzels = createPikzels();

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    stopping = true;
    console.error(`${signal}: finishing what has been sent.`);
  });
}

async function make(prompt: string): Promise<void> {
  journal.write({ id: prompt, state: "sent" });
  try {
    // Not aborted when stopping: abandoning a request would not un-bill it.
    const { output } = await pikzels.thumbnails.fromText({
      prompt,
      model: "pkz_4_5",
      format: "16:9",
    });
    journal.write({ id: prompt, state: "done", output });
  } catch (error) {
    const mayHaveBeenPaid = !isPikzelsError(error) || error.outcome === "unknown";
    journal.write({ id: prompt, state: "failed", error: String(error), mayHaveBeenPaid });
  }
}

/** Whether the prompt can be sent without any risk of paying for it twice. */
function isOpen(prompt: string): boolean {
  const entry = journal.entries.get(prompt);
  return !entry || (entry.state === "failed" && !entry.mayHaveBeenPaid);
}

// Each worker takes the next prompt only when its last one is done, so that few requests are in
// flight when the signal arrives.
const queue = prompts.filter(isOpen);
async function work(): Promise<void> {
  for (let prompt = queue.shift(); prompt !== undefined && !stopping; prompt = queue.shift()) {
    await make(prompt);
  }
}
await Promise.all(Array.from({ length: 4 }, work));
const left = prompts.filter((prompt) => journal.entries.get(prompt)?.state !== "done");
console.log(`${prompts.length - left.length} of ${prompts.length} are done.`);
