// The verifier believes a file and nothing else: no network, no process, no code that writes ledgers. What it imports is a
// rule of the house (.dependency-cruiser.cjs, `verifier-stands-alone`); what it could reach without an import is read here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../src-cli/verifier');
const reaches =
  /\b(fetch|WebSocket|WebSocketStream|EventSource|XMLHttpRequest|navigator|process|globalThis|eval|Function|require|Worker)\b(?!:)|\bimport\s*\(/;

describe('the verifier', () => {
  it.each(readdirSync(folder))('reaches for nothing outside by %s', (name) => {
    const code = readFileSync(join(folder, name), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      .replaceAll(/'[^'\n]*'/g, "''");
    expect(code).not.toMatch(reaches);
  });
});
