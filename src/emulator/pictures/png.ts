import { crc32, deflateSync } from "node:zlib";

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS_PER_CHANNEL = 8;
const TRUECOLOUR = 2;

/**
 * Encodes a picture as a truecolour PNG. Layout: https://www.w3.org/TR/png-3/#5DataRep
 *
 * @param pixels Row by row, the palette's index for each pixel.
 * @param palette At most 256 colours.
 * @param texts Metadata by keyword, as Latin-1: https://www.w3.org/TR/png-3/#11textinfo
 */
export function encodePng(
  { width, height }: Size,
  pixels: Uint8Array,
  palette: Colour[],
  texts: Record<string, string>,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(BITS_PER_CHANNEL, 8);
  header.writeUInt8(TRUECOLOUR, 9);

  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    ...Object.entries(texts).map(([keyword, text]) =>
      chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1")),
    ),
    chunk("IDAT", deflateSync(toRows({ width, height }, pixels, palette), { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The rows as PNG wants them: the number of a filter (0, none), then three bytes a pixel. */
function toRows({ width, height }: Size, pixels: Uint8Array, palette: Colour[]): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let at = 0;
  for (let index = 0; index < pixels.length; index++) {
    if (index % width === 0) at++;
    const [red, green, blue] = palette[pixels[index] ?? 0] ?? [0, 0, 0];
    rows[at++] = red;
    rows[at++] = green;
    rows[at++] = blue;
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), framed.length - 4);
  return framed;
}
