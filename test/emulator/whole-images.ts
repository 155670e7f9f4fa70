import { tinyPng } from "./support.js";

/** A box in a file of the MPEG-4 family: its length, type and content. */
function box(type: string, content: Buffer | string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + Buffer.byteLength(content, "latin1"));
  head.write(type, 4, "latin1");
  return Buffer.concat([head, Buffer.from(content as string, "latin1")]);
}

/** A complete file of each image type, as small as possible, by the subtype of its media type. */
export const wholeImages = {
  png: Buffer.from(tinyPng.split(",")[1] ?? "", "base64"),
  jpeg: Buffer.concat([
    Buffer.from(
      "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
      "base64",
    ),
    Buffer.from([0xff, 0xd9]),
  ]),
  gif: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
  webp: Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64"),
  avif: Buffer.concat([
    box("ftyp", "avif\0\0\0\0avifmif1miaf"),
    box("meta", "\0\0\0\0hdlr"),
    box("mdat", "\x12\0\x0a\x06"),
  ]),
};
