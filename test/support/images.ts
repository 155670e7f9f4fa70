const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** The first bytes of an image of each type. */
export const SAMPLES = {
  "image/png": latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"),
  "image/jpeg": latin1("\xff\xd8\xff\xe0\0\x10JFIF\0\x01"),
  "image/gif": latin1("GIF89a\x01\0\x01\0\0\0\0;"),
  "image/webp": latin1("RIFF\x24\0\0\0WEBPVP8 "),
  "image/avif": latin1("\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"),
};
