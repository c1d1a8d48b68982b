/** Which calls the activity list shows: newest first, by verdict and by text. */
import { fold, typedWords } from '../../switcher/match-customers.ts';
import { askedFor, type CallRow, type CallVerdict, callerOf, stopOf } from './call-row.ts';
import { callSummary, toolTitle } from './call-words.ts';

export type ChosenVerdict = 'all' | Exclude<CallVerdict, 'running'>;

export interface Wanted {
  readonly verdict: ChosenVerdict;
  readonly find: string;
  readonly titles: ReadonlyMap<string, string>;
  /** What became of approvals, in words, by their ids. */
  readonly ends: ReadonlyMap<string, string>;
}

export function findCalls(rows: readonly CallRow[], { verdict, find, ...known }: Wanted): readonly CallRow[] {
  const words = typedWords(find);
  const found: CallRow[] = [];
  for (let place = rows.length - 1; place >= 0; place--) {
    const row = rows[place];
    if (row === undefined || (verdict !== 'all' && row.verdict !== verdict)) continue;
    if (words.length === 0 || isFound(row, words, known)) found.push(row);
  }
  return found;
}

export function countVerdicts(rows: readonly CallRow[]): Record<ChosenVerdict, number> {
  const counts = { all: rows.length, allowed: 0, denied: 0, asked: 0, interrupted: 0, faulted: 0 };
  for (const { verdict } of rows) if (verdict !== 'running') counts[verdict]++;
  return counts;
}

function isFound(row: CallRow, words: readonly string[], { titles, ends }: Pick<Wanted, 'titles' | 'ends'>): boolean {
  const { entry } = row;
  const { lead, rest } = callSummary(row, toolTitle(entry.tool, titles), ends);
  const text = fold(
    [lead, rest, entry.tool, entry.cross, callerOf(row).client, stopOf(row)?.code, askedFor(row)].join(' '),
  );
  return words.every((word) => text.includes(word));
}
