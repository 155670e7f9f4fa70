import type { World } from "../world.js";
import type { Size } from "./size.js";

/** A picture that is drawn when it is asked for. */
export interface Picture {
  seed: string;
  size: Size;
}

export type PictureLookup = Picture | "expired" | "missing";

const portraitSize: Size = { width: 512, height: 512 };

/** What an address of this emulator's pictures leads to; undefined for any other address. */
export function findPicture(
  path: string,
  query: URLSearchParams,
  { outputUrls, pikzonalities }: World,
): PictureLookup | undefined {
  if (path.startsWith("/outputs/")) {
    const found = outputUrls.lookUp(path, query);
    return found === "invalid" ? "missing" : found;
  }
  const [, id, name] =
    /^\/pikzonalities\/([\w-]+)\/(portrait|reference-[123])\.png$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  return pikzonalities.has(id) ? { seed: `${id} ${name}`, size: portraitSize } : "missing";
}

/** As `findPicture`, for a whole address. One of another origin is none of this emulator's. */
export function findPictureAt(
  url: string,
  ownOrigins: string[],
  world: World,
): PictureLookup | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, searchParams } = new URL(url);
  return ownOrigins.includes(origin) ? findPicture(pathname, searchParams, world) : undefined;
}
