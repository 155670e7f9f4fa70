// Does the same as `ours.ts`, with bare openapi-fetch over the same schema.
import createClient from "openapi-fetch";
import type { paths } from "../../../src/generated/schema.js";

const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const image_url = "https://example.com/photo.png";
const face_image = "https://example.com/face.png";
const image_urls = [image_url, image_url, image_url] as [string, string, string];
const look = { model: "pkz_4_5", format: "16:9" } as const;

export async function useEveryOperation() {
  const { GET, POST, PATCH, DELETE } = createClient<paths>({ baseUrl: "https://api.pikzels.com" });
  const params = { path: { id } };

  const made = await POST("/v2/thumbnail/text", {
    body: { prompt: "A summit at sunrise", ...look },
  });
  const remade = await POST("/v2/thumbnail/image", {
    body: { image_url, prompt: "At night", ...look },
  });
  const edited = await POST("/v2/thumbnail/edit", {
    body: { image_url, prompt: "Bluer", format: "16:9" },
  });
  const swapped = await POST("/v2/thumbnail/faceswap", {
    body: { image_url, face_image, format: "16:9" },
  });
  const score = await POST("/v2/thumbnail/score", { body: { image_url } });
  const titles = await POST("/v2/title/text", { body: { prompt: "A week alone in the Arctic" } });
  const persona = await POST("/v2/pikzonality/persona", { body: { name: "Ada", image_urls } });
  const style = await POST("/v2/pikzonality/style", { body: { name: "Summit", image_urls } });
  const pikzonality = await GET("/v2/pikzonality/{id}", { params });
  const updated = await PATCH("/v2/pikzonality/{id}", {
    params,
    body: { special_instructions: "Warm colours" },
  });
  const deleted = await DELETE("/v2/pikzonality/{id}", { params });

  return {
    thumbnailUrls: [made, remade, edited, swapped].map(({ data }) => data?.output),
    ids: [persona.data?.id, style.data?.id, updated.data?.id],
    main_score: score.data?.main_score,
    subscores: score.data?.subscores,
    outputs: titles.data?.outputs,
    status: pikzonality.data?.status,
    message: deleted.data?.message,
  };
}
