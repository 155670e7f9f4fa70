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

const { png, jpeg, gif, avif } = wholeImages;

/** Bytes put into a file. */
function inserted(file: Buffer, at: number, bytes: number[]): Buffer {
  return Buffer.concat([file.subarray(0, at), Buffer.from(bytes), file.subarray(at)]);
}

/** A file with a byte changed. */
function changed(file: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = byte;
  return copy;
}

/** The AVIF with another length, in the long form or the short one, for its last box. */
function avifEndingIn(head: number[]): Buffer {
  const start = avif.indexOf("mdat") - 4;
  return Buffer.concat([
    avif.subarray(0, start),
    Buffer.from(head.slice(0, 4)),
    Buffer.from("mdat"),
    Buffer.from(head.slice(4)),
    avif.subarray(start + 8),
  ]);
}

/** What the formats allow besides, by the subtype of its media type and in words. */
export const unusualImages: [type: string, what: string, Buffer][] = [
  ["jpeg", "with fill bytes before a marker", inserted(jpeg, 2, [0xff, 0xff])],
  [
    "jpeg",
    "with a stuffed byte and a restart in its scan",
    inserted(jpeg, -2, [0xff, 0, 0xff, 0xd0]),
  ],
  ["jpeg", "with bytes after its end", Buffer.concat([jpeg, Buffer.from("more")])],
  ["avif", "whose last box extends to the end of the file", avifEndingIn([0, 0, 0, 0])],
  ["avif", "with a length of 64 bits", avifEndingIn([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20])],
];

/** What the formats do not allow. */
export const brokenImages: [type: string, what: string, Buffer][] = [
  ["png", "with a wrong checksum", changed(png, png.indexOf("IDAT") + 6, 0)],
  ["png", "that begins with another chunk", changed(png, png.indexOf("IHDR"), 0x4a)],
  ["jpeg", "with bytes between its segments", inserted(jpeg, 20, [0])],
  ["jpeg", "that ends in the middle of its end marker", jpeg.subarray(0, -1)],
  ["jpeg", "without a frame", Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ["gif", "with a block of an unknown kind", changed(gif, 19, 0x7f)],
  ["gif", "without an image", Buffer.concat([gif.subarray(0, 19), Buffer.from([0x3b])])],
  ["avif", "with a box that is longer than the file", avifEndingIn([0, 0, 1, 0])],
  ["avif", "with a box that is shorter than its head", avifEndingIn([0, 0, 0, 4])],
];
