import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import type { LastSigned } from '../../src-shared/model/last-signed.ts';
import { device, tenant as northway } from './fork-ledger.ts';

// Read when SQLite is loaded, as in the entry.
process.env['SQLITE_USE_URI'] = '1';

export const readPowers = {
  fileUrl: (path: string): string => pathToFileURL(path).href,
  locklessVfs: process.platform === 'win32' ? 'win32-none' : 'unix-none',
};

export interface Told {
  readonly grew: number[];
  readonly states: (string | null)[];
  readonly clock: (number | null)[];
  readonly covered: (readonly [entries: number, isSigned: boolean])[];
}

/** A ledger in this process, with a clock the test owns and no reserve to speak of. */
export function openForTest(
  file: string,
  more: Partial<{
    tenant: string;
    readOnly: boolean;
    now: () => number;
    deviceKey: string;
    signed: LastSigned | null;
    every: number;
  }> = {},
) {
  const told: Told = { grew: [], states: [], clock: [], covered: [] };
  const { tenant = northway, now = () => Date.UTC(2026, 10, 21), readOnly = false } = more;
  const { deviceKey, signed = null, every = 60_000 } = more;
  const ledger = new OpenLedger(
    {
      tenant: TenantId.parse(tenant),
      device,
      file,
      signed,
      readOnly,
      ...(deviceKey === undefined ? {} : { deviceKey }),
    },
    {
      ...readPowers,
      now,
      reserveBytes: 4096,
      checkpointEvery: every,
      checkpointPatience: 200,
      onGrew: (entries) => told.grew.push(entries),
      onState: (problem) => told.states.push(problem?.text ?? null),
      onClock: (behind) => told.clock.push(behind),
      onCovered: (entries, isSigned) => told.covered.push([entries, isSigned]),
    },
  );
  onTestFinished(() => ledger.close());
  return { ledger, told };
}
