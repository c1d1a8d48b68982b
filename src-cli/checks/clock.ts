import type { Check } from '../../src-shared/contract/ui.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { App } from '../running-app.ts';
import { lastEntries } from '../tail-ledger.ts';
import type { World } from '../world.ts';
import { check } from './check.ts';

/** No build of this program is older. */
const earliest = Date.parse('2026-01-01T00:00:00Z');
/** Milliseconds: clocks are corrected by small steps all the time. */
const tolerance = 5000;

const set = 'Set the clock, and let the system keep it.';
const ifRight = 'If it is right, there is nothing to do: recording goes on, and entries carry both times.';

/** Whether the clock can be right: after this program was made, and not before the last thing that was recorded. */
export async function checkClock(world: Pick<World, 'now'>, app: App | undefined): Promise<Check> {
  const now = world.now();
  const shown = new Date(now).toISOString();
  if (now < earliest) return check('clock', { wrong: `${shown} is long past`, remedy: set });
  if (!app) return check('clock', shown);
  try {
    const [last] = await lastEntries(app, 1);
    if (last && Date.parse(last.at) > now + tolerance) {
      const wrong = `${shown} is before the last ledger entry (${last.at}): the clock was ahead once, or is behind now`;
      return check('clock', {
        wrong,
        remedy: `Check the clock. ${ifRight} If not, set it, and let the system keep it.`,
      });
    }
    return check('clock', last ? `${shown}, after the last ledger entry` : shown);
  } catch (thrown) {
    return check('clock', `${shown}; the ledger could not be asked (${asFault(thrown).code})`);
  }
}
