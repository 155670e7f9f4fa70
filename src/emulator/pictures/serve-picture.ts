import type { ServerResponse } from "node:http";
import { drawLandscape } from "./landscape.js";
import type { PictureLookup } from "./find-picture.js";

/** Answers as the stores behind signed addresses do, 403 and XML for an expired one included. */
export function servePicture(
  lookup: PictureLookup,
  method: string,
  response: ServerResponse,
): void {
  if (lookup === "expired") {
    sendXml(403, "AccessDenied", "Request has expired");
  } else if (lookup === "missing") {
    sendXml(404, "NoSuchKey", "The specified key does not exist");
  } else {
    const image = drawLandscape(lookup.seed, lookup.size);
    response.writeHead(200, { "content-type": "image/png", "content-length": image.length });
    response.end(method === "HEAD" ? undefined : image);
  }

  function sendXml(status: number, code: string, message: string) {
    response.writeHead(status, { "content-type": "application/xml" });
    const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.end(method === "HEAD" ? undefined : xml);
  }
}
