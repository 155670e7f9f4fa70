// A program in CommonJS. TypeScript knows from 5.8 on that Node lets it require ESM.
import client = require("pikzels-client");
import node = require("pikzels-client/node");
import spec = require("pikzels-client/openapi.json");

async function rate(file: string): Promise<number> {
  const pikzels = client.createPikzels({ baseUrl: spec.servers[0]?.url });
  const { main_score } = await pikzels.thumbnails.score({
    image_base64: await node.readImage(file),
  });
  return main_score;
}

export = rate;
