import type { World } from "../world.js";
import type { Picture, Size } from "./size.js";

export type PictureLookup = Picture | "expired" | "missing";

const portraitSize: Size = { width: 512, height: 512 };

/** What an address of this emulator's pictures leads to; undefined for any other address. */
export function findPicture(
  path: string,
  query: URLSearchParams,
  { outputUrls, pikzonalities }: World,
): PictureLookup | undefined {
  if (path.startsWith("/outputs/")) return outputUrls.lookUp(path, query);
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
