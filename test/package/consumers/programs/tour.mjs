// What a program does with the package, the same on every runtime: it uses only the main entry.
import { createPikzels, errorCodes, isPikzelsApiError, toImageDataUrl } from "pikzels-client";

/** One orange pixel. */
const png = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP438AAAAQBAYDFKhhdAAAAAElFTkSuQmCC",
  ),
  (character) => character.charCodeAt(0),
);

export async function tour(options) {
  const pikzels = createPikzels({ apiKey: "pkz_consumer", ...options });

  const thumbnail = await pikzels.thumbnails.fromText({
    prompt: "A climber waves from a snowy summit at sunrise",
    model: "pkz_4_5",
    format: "16:9",
  });
  const picture = await pikzels.download(thumbnail.output);

  const image = await toImageDataUrl(png);
  const { id } = await pikzels.styles.create({
    name: "Summit",
    image_base64s: [image, image, image],
  });
  const style = await pikzels.pikzonalities.waitUntilReady(id, { intervalMs: 100 });
  await pikzels.pikzonalities.delete(id);
  const gone = await pikzels.pikzonalities.get(id).catch((error) => error);

  const bothSides = { image_url: "https://example.com/a.png", image_base64: image };
  const refused = await pikzels.thumbnails.score(bothSides).catch((error) => error);

  const { data, response } = await pikzels.api.POST("/v2/title/text", {
    body: { prompt: "A week alone in the Arctic" },
  });

  return {
    codes: errorCodes.length,
    picture: picture.type,
    style: style.status,
    gone: isPikzelsApiError(gone, "NOT_FOUND") ? gone.code : String(gone),
    refused: `${refused.name} ${refused.outcome}`,
    titles: response.status === 200 && data.outputs.length > 0,
    keyShown: JSON.stringify([pikzels, gone, refused]).includes("pkz_consumer"),
  };
}
