import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The demo MSP with limits no benchmark meets. Returns the file's path. */
export function demoDataWithLimits(folder: string): string {
  const data = JSON.parse(readFileSync(join(import.meta.dirname, '../demo/northway.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const path = join(folder, 'demo.json');
  const limits = { requestsPerMinute: 10_000_000 };
  writeFileSync(path, JSON.stringify({ ...data, limits, quota: { includedCalls: 1_000_000_000, overage: 'allow' } }));
  return path;
}
