// The main entry and the document, with the types of the web platform only.
import {
  createPikzels,
  errorCatalog,
  isPikzelsApiError,
  toImageDataUrl,
  type ErrorCode,
  type StylesCreateBody,
} from "pikzels-client";
import spec from "pikzels-client/openapi.json" with { type: "json" };

export async function thumbnails(signal: AbortSignal): Promise<string> {
  const pikzels = createPikzels({ apiKey: () => "pkz_consumer", concurrency: 4 });
  const thumbnail = await pikzels.thumbnails.fromText(
    { prompt: "A harbour in the fog", model: "pkz_4_5", format: "16:9" },
    { signal, maxRetries: 0 },
  );
  const image = await toImageDataUrl(await pikzels.download(thumbnail.output));

  const body: StylesCreateBody = { name: "Fog", image_base64s: [image, image, image] };
  const { id } = await pikzels.styles.create(body);
  const style = await pikzels.pikzonalities.waitUntilReady(id);
  // @ts-expect-error a style is trained from three images
  await pikzels.styles.create({ name: "Fog", image_base64s: [image, image] });
  // @ts-expect-error a URL and base64 at the same time
  await pikzels.thumbnails.score({ image_url: "https://example.com/a.png", image_base64: image });
  // @ts-expect-error there is no such format
  await pikzels.thumbnails.fromText({ prompt: "Fog", model: "pkz_4", format: "4:3" });

  const { data } = await pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id } } });
  // @ts-expect-error there is no such path
  await pikzels.api.GET("/v2/pikzonalities", {});
  return data?.portrait_url ?? style.portrait_url;
}

export function explain(error: unknown): string {
  if (isPikzelsApiError(error, "VALIDATION_ERROR"))
    return error.details.map(({ message }) => message).join();
  if (!isPikzelsApiError(error)) return String(error);
  const known: ErrorCode = "TOO_MANY_REQUESTS";
  return error.code === known ? errorCatalog[known].action : (error.meaning ?? error.message);
}

export const paths: string[] = Object.keys(spec.paths);
