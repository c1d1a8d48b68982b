/** What a person fills in to let a client app work on several customers, and what of it does not fit yet. */

export const crossMinutes = [15, 30, 60, 120, 240, 480] as const;
export type CrossMinutes = (typeof crossMinutes)[number];

const least = { customers: 2, reason: 10 };
const most = { customers: 25 };

export interface CrossMisfit {
  readonly field: 'customers' | 'reason';
  readonly why: 'tooFew' | 'tooMany' | 'tooShort';
}

/** The first thing that does not fit; null when it may be sent. */
export function crossMisfit(chosen: number, reason: string): CrossMisfit | null {
  if (chosen < least.customers) return { field: 'customers', why: 'tooFew' };
  if (chosen > most.customers) return { field: 'customers', why: 'tooMany' };
  return reason.trim().length < least.reason ? { field: 'reason', why: 'tooShort' } : null;
}
