import type { Check } from '../../src-shared/contract/ui.ts';
import { asFault } from '../../src-shared/fault.ts';
import { tenantsOf, verifyOne } from '../offline-ledger.ts';
import type { World } from '../world.ts';
import { check } from './check.ts';

/** Milliseconds for each: about a hundred thousand entries. `audit verify` takes as long as it needs. */
const within = 5000;

/** The ledgers of a home in which no app runs, perhaps because one of them kept it from starting. */
export async function checkLedgers({ program, interrupted }: World, home: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const tenant of tenantsOf(home)) {
    const name = `ledger ${tenant}`;
    const patience = AbortSignal.timeout(within);
    try {
      const signal = AbortSignal.any([interrupted, patience]);
      const { ok, entries, firstBad } = await verifyOne({ program, home, tenant, signal });
      const { seq = 0, problem = 'not whole' } = firstBad ?? {};
      const wrong = seq === 0 ? problem : `entry ${seq}: ${problem}`; // 0: something about the whole.
      checks.push(check(name, ok ? `${entries} entries, whole` : { wrong, remedy: damaged }));
    } catch (thrown) {
      const { message, remedy = 'Run: bulkhead audit verify' } = asFault(thrown);
      const isLong = patience.aborted && !interrupted.aborted;
      checks.push(check(name, isLong ? 'opens; too long to be verified here' : { wrong: message, remedy }));
    }
  }
  return checks;
}

const damaged =
  'Keep the file as evidence. Restore it from a backup, or move it away to begin a new ledger: whoever kept a checkpoint will see that.';
