import { denialCauses, type DenialCode } from '../src-shared/model/denial.ts';
import type { Entry } from '../src-shared/model/entry.ts';
import type { App } from './running-app.ts';
import { plain } from './text.ts';

const pageSize = 500;

/** The last `count` entries, in order. */
export async function lastEntries({ api, within }: App, count: number): Promise<Entry[]> {
  const pages: Entry[][] = [];
  let missing = count;
  let before = Number.MAX_SAFE_INTEGER;
  for (let isEnd = false; !isEnd && missing > 0; ) {
    const limit = Math.min(pageSize, missing);
    const page = await api.entries({ before, limit, filter: {} }, within());
    pages.push(page.entries);
    missing -= page.entries.length;
    before = page.entries[0]?.seq ?? 1;
    isEnd = page.isEnd || before <= 1;
  }
  return pages.reverse().flat();
}

export interface Following {
  readonly count: number;
  readonly interrupted: AbortSignal;
  show(entry: Entry): void;
}

/** Shows the last entries and then every new one. Ends with 0 when the person interrupts, with 1 when the app ends. */
export async function followEntries(app: App, { count, interrupted, show }: Following): Promise<number> {
  const end = AbortSignal.any([interrupted, app.gone]);
  let wake: () => void = () => {};
  let hasGrown = false;
  app.api.on('grew', () => {
    hasGrown = true;
    wake();
  });
  end.addEventListener('abort', () => wake());
  try {
    let last = 0;
    for (const entry of await lastEntries(app, count)) {
      show(entry);
      last = entry.seq;
    }
    while (!end.aborted) {
      if (!hasGrown) await new Promise<void>((resolve) => (wake = resolve));
      hasGrown = false;
      for (let isEnd = false; !isEnd && !end.aborted; ) {
        const page = await app.api.entries({ after: last, limit: pageSize, filter: {} }, app.within());
        for (const entry of page.entries) show(entry);
        last = page.entries.at(-1)?.seq ?? last;
        isEnd = page.isEnd || page.entries.length === 0;
      }
    }
  } catch (thrown) {
    if (!interrupted.aborted) throw thrown; // Else a page was being read when the person had seen enough.
  }
  return interrupted.aborted ? 0 : 1;
}

/** One entry on one line: who did what for whom, and how it ended. */
export function readableEntry(entry: Entry): string {
  const { seq, at, kind, customer, cross, principal, tool, gates, result, params } = entry;
  const denied = gates?.find(({ ok }) => !ok);
  const what = [
    ...(tool === undefined ? [] : [tool]),
    ...(denied ? [deniedWords(denied, params)] : []),
    ...(result && !denied ? [ended(result)] : []),
    ...(tool === undefined && params ? [JSON.stringify(params)] : []),
    ...(kind.startsWith('approval.') && tool !== undefined ? decided(params) : []),
  ];
  const who = principal.client === principal.id ? principal.name : `${principal.name} (${principal.client})`;
  return plain(
    `${String(seq).padStart(6)}  ${at}  ${kind.padEnd(17)}  ${(customer ?? cross ?? '-').padEnd(9)}  ${who}  ${what.join('  ')}`.trimEnd(),
  );
}

/** Which gate denied, with which code and, where the code alone does not tell, for which of its causes. */
function deniedWords({ gate, code }: { gate: string; code?: DenialCode | undefined }, params: Entry['params']): string {
  const because = params?.['because'];
  const isCause =
    typeof because === 'string' && new Map<string, string>(Object.entries(denialCauses)).get(because) === code;
  return [`denied at ${gate}`, code, isCause ? `(${because})` : undefined]
    .filter((each) => each !== undefined)
    .join(' ');
}

/** What came of a call: of one that did not end well, as one that a crash cut short, no numbers. */
const ended = ({ status, records, dropped }: NonNullable<Entry['result']>): string =>
  status === 'ok' ? `ok ${records} records, ${dropped} dropped` : status;

/** Of an approval, or of one for a while: which one, and what became of it. */
const decided = ({ approval, standing, outcome }: NonNullable<Entry['params']> = {}): string[] =>
  [typeof standing === 'string' ? standing : approval, outcome].filter((each) => typeof each === 'string');
