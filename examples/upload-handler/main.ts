// PIKZELS_API_KEY=pkz_… npx tsx main.ts, then: curl --data-binary @photo.png localhost:3000/score
import { createPikzels } from "pikzels-client";
import { createUploadServer } from "./server.js";

createUploadServer(createPikzels()).listen(3000, () => {
  console.log("POST an image to http://localhost:3000/score");
});
