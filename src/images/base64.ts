interface Native {
  Buffer?: {
    from: (
      buffer: ArrayBufferLike,
      offset: number,
      length: number,
    ) => { toString: (encoding: "base64") => string };
  };
}

/** Encodes by the fastest means the platform has. */
export function base64(bytes: Uint8Array): string {
  const { Buffer } = globalThis as Native;
  if (Buffer) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  }
  const { toBase64 } = bytes as { toBase64?: () => string };
  return toBase64 ? toBase64.call(bytes) : inChunks(bytes);
}

/** A multiple of 3, so that no chunk but the last is padded; small enough to be arguments. */
const CHUNK = 3 * 8192;

function inChunks(bytes: Uint8Array): string {
  let encoded = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    encoded += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return encoded;
}
