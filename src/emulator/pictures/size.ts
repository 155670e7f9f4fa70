/** In pixels. */
export interface Size {
  width: number;
  height: number;
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
