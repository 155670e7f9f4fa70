const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** An image of the largest size that the API accepts, judging by its first bytes. */
export function tenMegabytes(): Uint8Array {
  // Not zeros: the memory of pages that nobody has written does not count as used.
  const image = new Uint8Array(10 * 1024 * 1024).fill(1);
  image.set(PNG);
  return image;
}
