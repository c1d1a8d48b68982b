import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { api, within } from '../../api/app.ts';
import { queryClient } from '../../api/queries.ts';
import { checkSignature } from './check-signature.ts';
import { proveEntry, type Proven } from './prove-entry.ts';

export type Proof =
  | (Extract<Proven, { isProven: true }> & { readonly signature: 'valid' | 'unchecked' | 'none' })
  | { readonly isProven: false; readonly size: number; readonly because: NotProven | 'signature' };
type NotProven = Extract<Proven, { isProven: false }>['because'];

/** Milliseconds: the first proof reads every leaf of the ledger. */
const proveMs = 120_000;

/** Asks for the path from an entry to the last checkpoint, and walks it here. */
export function useProof(entry: Entry, isWanted: boolean): UseQueryResult<Proof> {
  return useQuery({
    queryKey: ['ledger-proof', entry.tenant, entry.device, entry.leaf],
    queryFn: ({ signal }) => proofOf(entry, signal),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

async function proofOf(entry: Entry, signal: AbortSignal): Promise<Proof> {
  const { entries: size, note } = await checkpointOver(entry);
  if (size < entry.seq) return { isProven: false, because: 'size', size };
  const { inclusion } = await api().prove({ size, seqs: [entry.seq], earlier: [] }, within(proveMs, signal));
  const proven = proveEntry({ entry, note, path: inclusion[0] ?? [] });
  if (!proven.isProven) return { ...proven, size };
  const signature = await checkSignature(note, await api().deviceKey(undefined, within(15_000, signal)));
  return signature === 'invalid' ? { isProven: false, because: 'signature', size } : { ...proven, signature };
}

/**
 * The checkpoint asked for last, for as long as it covers what is to be proved: making one is work for the whole application.
 * Several entries may wait for the same one, so none of them cancels it.
 */
async function checkpointOver({ tenant, device, seq }: Entry) {
  const queryKey = ['ledger-checkpoint', tenant, device];
  const ask = (staleTime: number) =>
    queryClient.query({
      queryKey,
      staleTime,
      queryFn: () => api().checkpoint(undefined, within(proveMs)),
    });
  const known = await ask(Number.POSITIVE_INFINITY);
  return known.entries >= seq ? known : ask(0);
}
