import { useEffect, useRef, useState } from 'react';
import { newSha256 } from '../../../src-shared/export/sha256.ts';
import {
  exportName,
  type Format,
  mediaTypes,
  type Wanted,
  writeExport,
  type Written,
} from '../../../src-shared/export/write-export.ts';
import { asFault } from '../../../src-shared/fault.ts';
import { api } from '../../api/app.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { useAction } from '../../parts/use-action.ts';
import { isFiltered } from './ledger-search.ts';

export type Export = Omit<Wanted, 'now'>;

/** What was written, and of what kind it is: the person may have chosen another since. */
export interface Saved extends Written {
  readonly name: string;
  readonly format: Format;
  readonly isPart: boolean;
}

export interface Exporting {
  readonly isBusy: boolean;
  /** 0 to 1, while one runs. */
  readonly share: number;
  readonly fault: FaultWords | null;
  readonly saved: Saved | null;
  readonly isCancelled: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

/** An export as docs/audit-format.md describes it, saved by the browser. What fails or is cancelled saves nothing. */
export function useExport(wanted: Export): Exporting {
  const [share, setShare] = useState(0);
  const [saved, setSaved] = useState<Exporting['saved']>(null);
  const [isCancelled, setCancelled] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []); // However its dialog goes away.
  const action = useAction(async () => {
    const mine = new AbortController();
    running.current = mine;
    setShare(0);
    setSaved(null);
    setCancelled(false);
    const now = Date.now();
    const pieces: { readonly at: number; readonly blob: Blob }[] = [];
    try {
      const written = await writeExport(
        { ...wanted, now },
        {
          api: api(),
          signal: mine.signal,
          newSha256,
          onProgress: (done, of) => setShare(done / of),
          // As a blob the browser may keep it on the disk: the ledger may be longer than memory.
          write: ({ at, bytes }) => void pieces.push({ at, blob: new Blob([bytes]) }),
        },
      );
      mine.signal.throwIfAborted();
      const name = exportName(wanted.format, now);
      const inOrder = pieces.toSorted((one, other) => one.at - other.at).map(({ blob }) => blob);
      save(new Blob(inOrder, { type: mediaTypes[wanted.format] }), name);
      setSaved({ ...written, name, format: wanted.format, isPart: isFiltered(wanted.filter) });
    } catch (thrown) {
      if (!mine.signal.aborted) throw asFault(thrown);
      setCancelled(true);
    }
  });
  return { ...action, share, saved, isCancelled, cancel: () => running.current?.abort() };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // The browser may still be reading it.
}
