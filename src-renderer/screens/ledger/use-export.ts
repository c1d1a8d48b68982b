import { useState } from 'react';
import { Fault } from '../../../src-shared/fault.ts';
import { api, within } from '../../api/app.ts';
import { useAction } from '../../parts/use-action.ts';
import { number, t } from '../../words.ts';

interface Export {
  readonly isBusy: boolean;
  /** Entries fetched so far. */
  readonly done: number;
  /** What came of the last one, when it ended. */
  readonly words: string | null;
  readonly isFailed: boolean;
  readonly run: () => void;
}

/** The whole ledger as JSON Lines, in order, then the checkpoint that covers exactly these entries (docs/audit-format.md). */
export function useExport(): Export {
  const [done, setDone] = useState(0);
  const [saved, setSaved] = useState<string | null>(null);
  const action = useAction(async () => {
    setSaved(null);
    setDone(0);
    const { entries, note } = await api().beginExport({ format: 'jsonl', filter: {} }, within(30_000));
    const lines: string[] = [];
    for (let last = 0; last < entries; ) {
      const page = await api().entries({ after: last, limit: 1000, filter: {} }, within(30_000));
      for (const entry of page.entries) if (entry.seq <= entries) lines.push(`${JSON.stringify(entry)}\n`);
      last = page.entries.at(-1)?.seq ?? entries;
      setDone(lines.length);
    }
    if (lines.length !== entries) throw incomplete(lines.length, entries); // Saved, it would pass for the whole ledger.
    lines.push(`${JSON.stringify({ checkpoint: note })}\n`);
    save(
      new Blob(lines, { type: 'application/jsonl' }),
      `bulkhead-ledger-${new Date().toISOString().slice(0, 10)}.jsonl`,
    );
    setSaved(t('ledger.exported', { entries: number(lines.length - 1) }));
  });
  const failed = action.fault === null ? null : `${action.fault.message} ${action.fault.remedy}`;
  return { isBusy: action.isBusy, done, words: failed ?? saved, isFailed: failed !== null, run: action.run };
}

const incomplete = (found: number, entries: number): Fault =>
  new Fault('EXPORT_INCOMPLETE', t('ledger.incomplete', { found, entries }), t('ledger.incompleteRemedy'));

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // The browser may still be reading it.
}
