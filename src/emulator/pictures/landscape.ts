import { seededRandom } from "../state/seeded-random.js";
import { encodePng, type Colour, type Size } from "./png.js";

/** A picture that is drawn when it is requested. The same seed always gives the same picture. */
export interface Picture {
  seed: string;
  size: Size;
}

const skyShades = 96;
const sunIndex = skyShades;
const ridges = 3;

/**
 * Draws a landscape (sky, sun, three ridges) as a PNG. Another seed gives another landscape.
 *
 * @param software What the picture's metadata says it was made with.
 */
export function drawLandscape(seed: string, size: Size, software: string): Buffer {
  const random = seededRandom(seed);
  const hue = random() * 360;
  const pixels = new Uint8Array(size.width * size.height);
  paintSky(pixels, size);
  paintSun(pixels, size, random);
  for (let ridge = 0; ridge < ridges; ridge++) paintRidge(pixels, size, ridge, random);
  return encodePng(size, pixels, palette(hue), { Software: software });
}

function palette(hue: number): Colour[] {
  const sky = Array.from({ length: skyShades }, (_, shade) => {
    const height = shade / (skyShades - 1);
    return colour(hue + 50 * height, 0.7, 0.3 + 0.5 * height);
  });
  const hills = Array.from({ length: ridges }, (_, ridge) =>
    colour(hue + 200, 0.4, 0.36 - 0.11 * ridge),
  );
  return [...sky, colour(hue + 60, 1, 0.9), ...hills];
}

function paintSky(pixels: Uint8Array, { width, height }: Size) {
  for (let y = 0; y < height; y++)
    pixels.fill(Math.floor((y / height) * skyShades), y * width, (y + 1) * width);
}

function paintSun(pixels: Uint8Array, { width, height }: Size, random: () => number) {
  const radius = Math.min(width, height) * (0.06 + 0.08 * random());
  const centreX = width * (0.2 + 0.6 * random());
  const centreY = height * (0.2 + 0.25 * random());
  for (let y = Math.ceil(centreY - radius); y < centreY + radius; y++) {
    const half = Math.sqrt(radius ** 2 - (y - centreY) ** 2);
    const row = y * width;
    pixels.fill(sunIndex, row + Math.round(centreX - half), row + Math.round(centreX + half));
  }
}

function paintRidge(pixels: Uint8Array, size: Size, ridge: number, random: () => number) {
  const { width, height } = size;
  const base = height * (0.55 + 0.15 * ridge);
  const waves = [1, 2.3, 5.1].map((frequency) => ({
    frequency: ((frequency + random()) * Math.PI * 2) / width,
    phase: random() * Math.PI * 2,
    swing: (height * 0.09) / frequency,
  }));
  for (let x = 0; x < width; x++) {
    const swell = waves.map((wave) => wave.swing * Math.sin(x * wave.frequency + wave.phase));
    const top = Math.max(0, Math.round(base + swell.reduce((sum, one) => sum + one, 0)));
    for (let y = top; y < height; y++) pixels[y * width + x] = sunIndex + 1 + ridge;
  }
}

/** From hue (degrees), saturation and lightness (0 to 1), as in CSS. */
function colour(hue: number, saturation: number, lightness: number): Colour {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    const level = lightness - amplitude * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(level * 255);
  };
  return [channel(0), channel(8), channel(4)];
}
