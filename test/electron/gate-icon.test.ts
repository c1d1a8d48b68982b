import { describe, expect, it, vi } from 'vitest';

// The pixels are drawn without Electron; only the file that holds them names it.
vi.mock('electron', () => ({ nativeImage: {} }));
const { gatePixels } = await import('../../src-main/electron/gate-icon.ts');

/** Blue, green, red, alpha of one pixel. */
const at = (pixels: Buffer, x: number, y: number): number[] => [
  ...pixels.subarray((y * 32 + x) * 4, (y * 32 + x) * 4 + 4),
];

describe('gatePixels', () => {
  it('leaves the cell empty while no customer is bound', () => {
    expect(at(gatePixels({ hue: undefined, isProblem: false }), 16, 16)).toEqual([0, 0, 0, 0]);
  });

  it("fills the cell with the customer's colour", () => {
    expect(at(gatePixels({ hue: 0, isProblem: false }), 16, 16)).toEqual([45, 45, 210, 255]);
    expect(at(gatePixels({ hue: 120, isProblem: false }), 16, 16)).toEqual([45, 210, 45, 255]);
  });

  it('changes its shape for a problem, not only a colour', () => {
    const [calm, alarmed] = [false, true].map((isProblem) => gatePixels({ hue: undefined, isProblem }));
    expect(at(calm ?? Buffer.alloc(0), 26, 5)).toEqual([116, 104, 96, 255]);
    expect(at(alarmed ?? Buffer.alloc(0), 26, 5)).toEqual([49, 43, 205, 255]);
    expect(at(alarmed ?? Buffer.alloc(0), 26, 11)).toEqual([0, 0, 0, 0]);
  });
});
