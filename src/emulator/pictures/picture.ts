import type { ServerResponse } from "node:http";
import { behaviour } from "../../generated/behaviour.js";
import type { EmulatorState } from "../state/emulator-state.js";
import { drawLandscape, type Picture } from "./landscape.js";
import type { Size } from "./png.js";

export type PictureLookup = Picture | "expired" | "missing";

const portraitSize: Size = { width: 512, height: 512 };

const sizes: Record<string, Size> = {
  "16:9": { width: 1280, height: 720 },
  "9:16": { width: 720, height: 1280 },
  "1:1": { width: 1024, height: 1024 },
};

/** The size of a picture by format. A format that a newer document adds is drawn as a square. */
export function sizeOf(format: unknown): Size {
  return sizes[String(format)] ?? { width: 1024, height: 1024 };
}

/** The picture at a path of this emulator; `undefined` for a path that is not a picture's. */
export function findPicture(
  path: string,
  query: URLSearchParams,
  { outputUrls, resources }: EmulatorState,
): PictureLookup | undefined {
  const output = outputUrls.lookUp(path, query);
  if (output !== undefined) return output;
  const [, id, name] = /^\/resources\/([\w-]+)\/([\w-]+)\.png$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  return resources.has(id) ? { seed: `${id} ${name}`, size: portraitSize } : "missing";
}

/** As `findPicture`, for a whole address; `undefined` for an address of another origin. */
export function findPictureAt(
  url: string,
  ownOrigins: string[],
  state: EmulatorState,
): PictureLookup | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, searchParams } = new URL(url);
  return ownOrigins.includes(origin) ? findPicture(pathname, searchParams, state) : undefined;
}

/**
 * Answers as object stores do, an expired or missing picture with XML.
 *
 * @param expiredStatus The status of an expired one: 403, as for signed addresses, or 404.
 */
export function servePicture(
  lookup: PictureLookup,
  method: string,
  response: ServerResponse,
  expiredStatus: number,
): void {
  if (lookup === "expired" && expiredStatus === 403) {
    sendXml(403, "AccessDenied", "Request has expired");
  } else if (typeof lookup === "string") {
    sendXml(404, "NoSuchKey", "The specified key does not exist");
  } else {
    const image = drawLandscape(lookup.seed, lookup.size, behaviour.outputs.software);
    response.writeHead(200, { "content-type": "image/png", "content-length": image.length });
    response.end(method === "HEAD" ? undefined : image);
  }

  function sendXml(status: number, code: string, message: string) {
    response.writeHead(status, { "content-type": "application/xml" });
    const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    response.end(method === "HEAD" ? undefined : xml);
  }
}
