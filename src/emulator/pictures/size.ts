/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A picture that is drawn when it is asked for; the same seed gives the same one. */
export interface Picture {
  seed: string;
  size: Size;
}

const sizes: Record<string, Size> = {
  "16:9": { width: 1280, height: 720 },
  "9:16": { width: 720, height: 1280 },
  "1:1": { width: 1024, height: 1024 },
};

/** How large a picture of a format is; one that a newer spec adds is drawn as a square. */
export function sizeOf(format: unknown): Size {
  return sizes[String(format)] ?? { width: 1024, height: 1024 };
}
