/** What the ledger says of one approval, step by step: that a person was asked, and what became of it. */
import type { Entry } from '../../../src-shared/model/entry.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { t, timeOf } from '../../words.ts';

export interface TrailStep {
  readonly seq: number;
  readonly at: string;
  readonly words: string;
}

/** The steps of the approval, or of the standing approval, of this id. Oldest first. */
export function approvalTrail(entries: readonly Entry[], id: string): readonly TrailStep[] {
  return entries
    .filter(({ params }) => params?.['approval'] === id || standingId(params) === id)
    .map((entry) => ({ seq: entry.seq, at: timeOf(entry), words: stepWords(entry) }));
}

/** What became of each approval that has an end or a decision, in the words of its last step, by its id. */
export function approvalEnds(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const last = new Map<string, Entry>();
  for (const entry of entries) {
    const outcome = outcomeOf(entry);
    const id = entry.params?.['approval'];
    if (typeof id === 'string' && outcome !== null && outcome !== 'standing') last.set(id, entry);
  }
  return new Map([...last].map(([id, entry]) => [id, stepWords(entry)]));
}

/** The entry's outcome, where it tells of one; `standing` where a standing approval ended. */
export function outcomeOf({
  kind,
  params,
}: Entry): 'approved' | 'denied' | 'expired' | 'withdrawn' | 'standing' | null {
  if (kind !== 'approval.decided') return null;
  if (typeof params?.['standing'] === 'string') return 'standing';
  const outcome = params?.['outcome'];
  return outcome === 'approved' || outcome === 'denied' || outcome === 'expired' || outcome === 'withdrawn'
    ? outcome
    : null;
}

function stepWords(entry: Entry): string {
  const { params = {}, principal } = entry;
  const name = plainLine(principal.name) || t('approvals.outcome.someone');
  const reason = plainLine(typeof params['reason'] === 'string' ? params['reason'] : '');
  const needed = params['needed'] === 2 ? 2 : 1;
  switch (outcomeOf(entry)) {
    case 'approved':
      return approvedWords(params, { name, needed });
    case 'denied':
      return reason === '' ? t('approvals.trail.denied', { name }) : t('approvals.trail.deniedWhy', { name, reason });
    case 'expired':
      return t(isApproved(params) ? 'call.uncalled' : 'approvals.trail.expired');
    case 'withdrawn':
      return t('approvals.trail.withdrawn', { reason });
    case 'standing':
      return t('approvals.trail.ended', { reason });
    case null:
      return t(needed === 2 ? 'approvals.trail.askedTwo' : 'approvals.trail.askedOne');
  }
}

/** Whether as many persons as were needed had approved. */
const isApproved = ({ have, needed }: NonNullable<Entry['params']>): boolean =>
  typeof have === 'number' && typeof needed === 'number' && have >= needed;

function approvedWords(
  params: NonNullable<Entry['params']>,
  { name, needed }: { readonly name: string; readonly needed: number },
): string {
  const { standing, have } = params;
  if (isTerms(standing)) return t('approvals.trail.approvedWhile', { name, minutes: standing.minutes });
  return needed === 2 && typeof have === 'number'
    ? t('approvals.trail.approvedOf', { name, have, needed })
    : t('approvals.trail.approved', { name });
}

/** The standing approval an entry gave or ended. */
function standingId(params: Entry['params']): string | null {
  const standing = params?.['standing'];
  if (typeof standing === 'string') return standing;
  return isTerms(standing) ? standing.id : null;
}

const isTerms = (value: unknown): value is { readonly id: string; readonly minutes: number } =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'minutes' in value &&
  typeof value.minutes === 'number';
