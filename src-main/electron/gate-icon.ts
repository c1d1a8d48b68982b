import { type NativeImage, nativeImage } from 'electron';

const size = 32;
const graphite = [96, 104, 116] as const;
const red = [205, 43, 49] as const;

export interface IconState {
  readonly hue: number | undefined;
  readonly isProblem: boolean;
}

/**
 * The mark of the program, drawn: two bulkhead walls, and between them the cell, filled with the customer's colour while one
 * is bound and empty while everything is blocked. A problem adds a notch, because colour alone tells some people nothing.
 */
export function gateIcon(state: IconState): NativeImage {
  return nativeImage.createFromBitmap(gatePixels(state), { width: size, height: size, scaleFactor: 2 });
}

/** Pixels as Electron's bitmaps hold them: blue, green, red, alpha, row by row. */
export function gatePixels({ hue, isProblem }: IconState): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const cell = hue === undefined ? undefined : colourOf(hue);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const colour = colourAt(x, y, cell, isProblem);
      if (colour === undefined) continue;
      const [red, green, blue] = colour;
      pixels.set([blue, green, red, 255], (y * size + x) * 4);
    }
  }
  return pixels;
}

type Colour = readonly [red: number, green: number, blue: number];

function colourAt(x: number, y: number, cell: Colour | undefined, isProblem: boolean): Colour | undefined {
  if (isProblem && x >= 20 && y < 12) return x >= 22 && y < 10 ? red : undefined;
  const isWall = (x >= 3 && x < 7) || (x >= 25 && x < 29);
  if (isWall && y >= 2 && y < 30) return graphite;
  const isEdge = y < 9 || y >= 23 || x < 10 || x >= 22;
  if (x < 8 || x >= 24 || y < 7 || y >= 25) return undefined;
  return isEdge ? graphite : cell;
}

/** A hue at 65 % saturation and 50 % lightness (CSS Color 4, section 7.1). */
function colourOf(hue: number): Colour {
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.5 - 0.325 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
