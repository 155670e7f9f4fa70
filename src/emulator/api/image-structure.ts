import { crc32 } from "node:zlib";
import { imageMediaType, type ImageMediaType } from "../../images/media-type.js";

/**
 * The media type of an image whose file is complete; `undefined` if the bytes are not an image or
 * end early. Pixels are not decoded: the structure of each format shows whether something is
 * missing.
 */
export function wholeImageType(bytes: Buffer): ImageMediaType | undefined {
  const type = imageMediaType(bytes);
  if (type === undefined) return undefined;
  try {
    return isWhole[type](bytes) ? type : undefined;
  } catch (error) {
    // A read past the end of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const isWhole: Record<ImageMediaType, (bytes: Buffer) => boolean> = {
  "image/png": isWholePng,
  "image/jpeg": isWholeJpeg,
  "image/gif": isWholeGif,
  "image/webp": isWholeWebp,
  "image/avif": isWholeAvif,
};

/** Chunks with their checksums, from IHDR to IEND, with data between. https://www.w3.org/TR/png-3/#5Chunk-layout */
function isWholePng(bytes: Buffer): boolean {
  let hasData = false;
  for (let at = 8; at < bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (at === 8 && type !== "IHDR") return false;
    if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(at + 4, end))) return false;
    hasData ||= type === "IDAT";
    if (type === "IEND") return hasData;
    at = end + 4;
  }
  return false;
}

/** Segments up to a frame and a scan, then the scan's data up to the end marker. ITU-T T.81, annex B */
function isWholeJpeg(bytes: Buffer): boolean {
  let hasFrame = false;
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0xd9) {
      return hasFrame;
    } else {
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      hasFrame ||= isFrame;
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === 0xda) at = endOfScan(bytes, at);
    }
  }
  return false;
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Blocks up to the trailer, with an image among them. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function isWholeGif(bytes: Buffer): boolean {
  let hasImage = false;
  let at = 13 + colourTableBytes(bytes.readUInt8(10));
  for (;;) {
    const kind = bytes.readUInt8(at);
    if (kind === 0x3b) return hasImage;
    if (kind === 0x21) {
      at += 2;
    } else if (kind === 0x2c) {
      hasImage = true;
      at += 11 + colourTableBytes(bytes.readUInt8(at + 9));
    } else {
      return false;
    }
    for (let size = bytes.readUInt8(at); size > 0; size = bytes.readUInt8(at)) at += size + 1;
    at += 1;
  }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** A RIFF file of the length that it says. https://developers.google.com/speed/webp/docs/riff_container */
function isWholeWebp(bytes: Buffer): boolean {
  return bytes.length >= 20 && bytes.readUInt32LE(4) + 8 <= bytes.length;
}

/** Boxes of the lengths that they say, with metadata and data. ISO/IEC 14496-12, section 4.2 */
function isWholeAvif(bytes: Buffer): boolean {
  const types = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32BE(at);
    types.add(bytes.toString("latin1", at + 4, at + 8));
    if (size === 0) break;
    const length = size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size;
    if (length < 8 || at + length > bytes.length) return false;
    at += length;
  }
  return (types.has("meta") || types.has("moov")) && types.has("mdat");
}
