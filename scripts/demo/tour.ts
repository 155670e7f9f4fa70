import { join } from "node:path";
import { createPikzels, isPikzelsApiError, isPikzelsError, type Pikzels } from "pikzels-client";
import type { Emulator } from "pikzels-client/emulator";
import { downloadTo, readImage } from "pikzels-client/node";
import { narrator, progressBar } from "./narrator.js";

/** A typed tour of the whole API against the embedded emulator, with what each step costs. */
export async function takeTour(emulator: Emulator, folder: string): Promise<void> {
  let paidCalls = 0;
  const pikzels = createPikzels({
    apiKey: "pkz_demo_0123456789",
    baseUrl: emulator.url,
    onEvent: (event) => {
      if (event.type === "response" && event.method === "POST" && event.status === 200) {
        paidCalls += 1;
      }
    },
  });
  const bill = () => `${emulator.ledger.total.toFixed(2)} USD so far`;

  const style = await trainStyle(pikzels);
  await showInputError(pikzels);
  await showNameInUse(pikzels);

  const thumbnail = await pikzels.thumbnails.fromText({
    prompt: "A climber waves from a snowy summit at sunrise",
    model: "pkz_4_5",
    format: "16:9",
    style,
  });
  narrator.tell(`thumbnail made in that style: ${thumbnail.output} (${bill()})`);

  const file = join(folder, "thumbnail.png");
  const { bytes } = await downloadTo(thumbnail, file);
  narrator.tell(`saved before its 24 hours are over: ${bytes} bytes in ${file}`);

  const image_base64 = await readImage(file);
  const score = await pikzels.thumbnails.score({ image_base64, title: "I climbed it alone" });
  narrator.tell(`scored ${score.main_score} of 100: ${score.suggestion ?? "no suggestion"}`);

  const titles = await pikzels.titles.fromText({ prompt: "A solo winter climb" });
  narrator.tell(`${titles.outputs.length} titles, the first: “${titles.outputs[0] ?? ""}”`);

  const edited = await pikzels.thumbnails.edit({
    image_base64,
    prompt: "Make the sky darker",
    format: "16:9",
  });
  narrator.tell(`edited: ${edited.output} (${bill()})`);

  await cleanUp(pikzels, style);
  const { charges } = emulator.ledger;
  if (charges.length !== paidCalls) throw new Error("something was paid twice, or not at all");
  narrator.tell(`${paidCalls} calls succeeded, ${charges.length} charges are in the ledger`);
}

async function trainStyle(pikzels: Pikzels): Promise<string> {
  const [one, two, three] = await Promise.all(
    ["photo.png", "photo-2.png", "photo-3.png"].map((name) =>
      readImage(join("test/fixtures/images", name)),
    ),
  );
  if (!one || !two || !three) throw new Error("three images are needed");
  const { id } = await pikzels.styles.create({
    name: "Summit",
    image_base64s: [one, two, three],
  });
  narrator.tell(`style ${id} created from three files`);
  const bar = progressBar("training");
  const style = await pikzels.pikzonalities.waitUntilReady(id, {
    intervalMs: 250,
    onProgress: (percent) => {
      bar.update(percent);
    },
  });
  bar.stop();
  narrator.tell(`style ready, portrait at ${style.portrait_url}`);
  return id;
}

async function showInputError(pikzels: Pikzels): Promise<void> {
  const urls = ["1", "2", "3"].map((n) => `https://cdn.pikzels.com/${n}.png`);
  const both: unknown = { name: "Both", image_urls: urls, image_base64s: urls };
  try {
    // What a JavaScript caller can do, whom no compiler stops.
    await pikzels.styles.create(both as Parameters<Pikzels["styles"]["create"]>[0]);
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    narrator.refused(`at run time, nothing sent: ${error.message}`);
  }
}

async function showNameInUse(pikzels: Pikzels): Promise<void> {
  const url = "https://cdn.pikzels.com/example.png";
  try {
    await pikzels.styles.create({ name: "Summit", image_urls: [url, url, url] });
  } catch (error) {
    if (!isPikzelsApiError(error, "NAME_ALREADY_EXISTS")) throw error;
    narrator.refused(`${error.status} ${error.code}: ${error.meaning}`);
  }
}

async function cleanUp(pikzels: Pikzels, id: string): Promise<void> {
  const { message } = await pikzels.pikzonalities.delete(id);
  narrator.tell(`style deleted: ${message}`);
  try {
    await pikzels.pikzonalities.get(id);
  } catch (error) {
    if (!isPikzelsApiError(error, "NOT_FOUND")) throw error;
    narrator.refused(`${error.status} ${error.code}: ${error.meaning}`);
  }
}
