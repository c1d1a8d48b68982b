// A ledger in the process of the benchmark, without the socket between, and what is measured of it.
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { OpenLedger } from '../src-ledger/open-ledger.ts';
import { device, tenant } from '../test/ledger/fork-ledger.ts';
import { keySource } from '../test/ledger/key-source.ts';
import { signNote } from '../test/merkle/export-fixture.ts';

process.env['SQLITE_USE_URI'] = '1'; // Before SQLite is loaded for the first time.

export const readPowers = { fileUrl: (path: string): string => pathToFileURL(path).href, locklessVfs: 'unix-none' };

/** Signed by a key of the tests, so that what is exported verifies as it would anywhere; bodies with keys of a vault in memory. */
export async function openLedger(file: string, now: () => number = Date.now): Promise<OpenLedger> {
  const ledger = new OpenLedger(
    { tenant, device, file, signed: null, readOnly: false },
    {
      ...readPowers,
      now,
      reserveBytes: 1024 * 1024,
      checkpointEvery: 60_000,
      checkpointPatience: 1000,
      onGrew: () => {},
      onState: () => {},
      onClock: () => {},
      onCovered: () => {},
    },
  );
  ledger.signWith(async (body) => signNote(body));
  ledger.sealWith((await keySource()).source);
  return ledger;
}

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Megabytes that are held, once the garbage is collected. Twice: what buffers had is only given back at the next collection. */
export function held(): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
