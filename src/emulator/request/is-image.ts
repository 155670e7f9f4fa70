/** How the files of each kind of image begin; null stands for any byte. */
const beginnings: (number | null)[][] = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [...codes("GIF8")],
  [...codes("RIFF"), null, null, null, null, ...codes("WEBP")],
  [null, null, null, null, ...codes("ftypavif")],
  [null, null, null, null, ...codes("ftypavis")],
];

/** Whether bytes begin as a PNG, JPEG, GIF, WebP or AVIF file does. */
export function isImage(bytes: Uint8Array): boolean {
  return beginnings.some((beginning) =>
    beginning.every((byte, index) =>
      byte === null ? index < bytes.length : bytes[index] === byte,
    ),
  );
}

function codes(text: string): number[] {
  return [...Buffer.from(text, "latin1")];
}
