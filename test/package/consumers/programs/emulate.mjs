// Starts the emulator and calls it, in whatever bundle the program is part of.
import { createPikzels } from "pikzels-client";
import { startEmulator } from "pikzels-client/emulator";

startEmulator().then(async (emulator) => {
  const pikzels = createPikzels({ apiKey: "pkz_consumer", baseUrl: emulator.url });
  const { outputs } = await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" });
  await emulator.close();
  console.log(JSON.stringify({ titles: outputs.length > 0 }));
});
