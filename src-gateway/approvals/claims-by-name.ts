import type { LookedUp } from '../look-up.ts';
import type { Approvals } from './approvals.ts';
import type { AskedCall } from './asked-call.ts';

/**
 * The approvals, where whoever has to be asked reads what the call acts on: that is looked up first. Nothing is looked up for a
 * call that people have been asked about, or that needs nobody's word by what they said before.
 */
export function claimsByName(
  approvals: Approvals,
  lookUp: (asked: AskedCall) => Promise<LookedUp>,
): Pick<Approvals, 'claim' | 'ran' | 'look' | 'settled'> {
  return {
    claim: async (asked) => {
      const known = await approvals.look.claim(asked);
      if (known.state !== 'pending' || known.approval !== undefined) return approvals.claim(asked);
      const found = await lookUp(asked);
      return found.state === 'done' ? approvals.claim({ ...asked, subjects: found.subjects }) : found;
    },
    ran: (asked) => approvals.ran(asked),
    look: approvals.look,
    settled: (...waiting) => approvals.settled(...waiting),
  };
}
