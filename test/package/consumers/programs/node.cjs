// Requires every entry of the package.
const { createPikzels, isPikzelsApiError } = require("pikzels-client");
const { startEmulator } = require("pikzels-client/emulator");
const { readImage } = require("pikzels-client/node");
const spec = require("pikzels-client/openapi.json");
const { version } = require("pikzels-client/package.json");

async function main() {
  const emulator = await startEmulator();
  const pikzels = createPikzels({ apiKey: "pkz_consumer", baseUrl: emulator.url });
  const { outputs } = await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" });
  const gone = await pikzels.pikzonalities
    .get("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234")
    .catch((error) => error);
  const unread = await readImage("no-such-file.png").catch((error) => error);
  await emulator.close();
  console.log(
    JSON.stringify({
      runtime: process.versions.node,
      titles: outputs.length > 0,
      gone: isPikzelsApiError(gone, "NOT_FOUND"),
      unread: unread.name,
      operations: Object.keys(spec.paths).length,
      version,
    }),
  );
}

main();
