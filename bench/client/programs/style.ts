// Calls `styles.create` with three images of 10 MB, over HTTP on loopback. Without an address it
// only makes the images: the difference between the two peaks is what the call needs.
import { createPikzels, toImageDataUrl } from "pikzels-client";
import { tenMegabytes } from "../ten-megabytes.js";

const [baseUrl] = process.argv.slice(2);
const images = [tenMegabytes(), tenMegabytes(), tenMegabytes()] as const;

if (baseUrl) {
  const [one, two, three] = images;
  const pikzels = createPikzels({ apiKey: "pkz_bench", baseUrl });
  await pikzels.styles.create({
    name: "Summit",
    image_base64s: [
      await toImageDataUrl(one),
      await toImageDataUrl(two),
      await toImageDataUrl(three),
    ],
  });
}
process.stdout.write(JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 }));
