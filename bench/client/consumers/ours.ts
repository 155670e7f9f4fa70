// Calls every operation through pikzels-client; `theirs.ts` does the same with bare openapi-fetch.
import { createPikzels } from "pikzels-client";

const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const image_url = "https://example.com/photo.png";
const face_image = "https://example.com/face.png";
const image_urls = [image_url, image_url, image_url] as [string, string, string];
const look = { model: "pkz_4_5", format: "16:9" } as const;

export async function useEveryOperation() {
  const { thumbnails, titles, personas, styles, pikzonalities } = createPikzels();

  const made = await thumbnails.fromText({ prompt: "A summit at sunrise", ...look });
  const remade = await thumbnails.fromImage({ image_url, prompt: "At night", ...look });
  const edited = await thumbnails.edit({ image_url, prompt: "Bluer", format: "16:9" });
  const swapped = await thumbnails.faceSwap({ image_url, face_image, format: "16:9" });
  const { main_score, subscores } = await thumbnails.score({ image_url });
  const { outputs } = await titles.fromText({ prompt: "A week alone in the Arctic" });
  const persona = await personas.create({ name: "Ada", image_urls });
  const style = await styles.create({ name: "Summit", image_urls });
  const { status } = await pikzonalities.get(id);
  const updated = await pikzonalities.update(id, { special_instructions: "Warm colours" });
  const { message } = await pikzonalities.delete(id);

  const thumbnailUrls = [made, remade, edited, swapped].map(({ output }) => output);
  const ids = [persona.id, style.id, updated.id];
  return { thumbnailUrls, ids, main_score, subscores, outputs, status, message };
}
