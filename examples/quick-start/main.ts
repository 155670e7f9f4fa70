// PIKZELS_API_KEY=pkz_… npx tsx main.ts "A climber waves from a snowy summit" thumbnail.png
import { createPikzels, isPikzelsError } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";

const [prompt = "A climber waves from a snowy summit at sunrise", file = "thumbnail.png"] =
  process.argv.slice(2);

try {
  const pikzels = createPikzels();
  const thumbnail = await pikzels.thumbnails.fromText({ prompt, model: "pkz_4_5", format: "16:9" });
  const { path, bytes } = await downloadTo(thumbnail, file);
  console.log(`${path}: ${bytes} bytes`);
} catch (error) {
  if (!isPikzelsError(error)) throw error;
  // The message says what happened, what was not done, and what to do next.
  console.error(error.message);
  process.exitCode = 1;
}
