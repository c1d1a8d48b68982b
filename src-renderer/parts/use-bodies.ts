import { useState } from 'react';
import type { OpenedBody } from '../../src-shared/contract/ledger.ts';
import { api, within } from '../api/app.ts';
import { type Action, useAction } from './use-action.ts';

/** Milliseconds: keys may have to be opened first. */
const readMs = 60_000;

/** Opens bodies when a person asks for them, never by itself: each reading is recorded in their name. */
export function useBodies(seqs: readonly number[]): Action & { readonly bodies: readonly OpenedBody[] | null } {
  const [bodies, setBodies] = useState<readonly OpenedBody[] | null>(null);
  const action = useAction(async () => {
    setBodies(null);
    setBodies(await api().bodiesOf({ seqs: [...seqs] }, within(readMs)));
  });
  return { ...action, bodies };
}
