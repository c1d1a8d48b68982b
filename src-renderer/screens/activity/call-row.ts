/** One tool call as the window shows it, made of the ledger entries that belong to it. */
import { type DenialCode, gateNames } from '../../../src-shared/model/denial.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';
import type { Principal } from '../../../src-shared/model/principal.ts';

export type CallVerdict = 'allowed' | 'denied' | 'asked' | 'running' | 'interrupted';
export type Cell = 'passed' | 'stopped' | 'waiting' | 'ahead';

export interface CallRow {
  /** `seq` of the intent, or of the denial that never had one. Its place in the list. */
  readonly key: number;
  readonly verdict: CallVerdict;
  /** The newest entry of the call: the outcome when there is one. */
  readonly entry: Entry;
  readonly intent: Entry | null;
}

/** The row for the entries of one call. A later app start means that nobody is left to finish it. */
export function callRow(intent: Entry | null, outcome: Entry | null, lastStart: number): CallRow | null {
  const entry = outcome ?? intent;
  if (entry === null) return null;
  const key = intent?.seq ?? outcome?.ref ?? entry.seq;
  if (outcome !== null) return { key, verdict: outcomeVerdict(outcome), entry, intent };
  return { key, verdict: lastStart > key ? 'interrupted' : 'running', entry, intent };
}

/** The gate that stopped the call, and its reason. */
export function stopOf(row: CallRow): { readonly gate: (typeof gateNames)[number]; readonly code: DenialCode } | null {
  const stop = gatesOf(row).find(({ ok }) => !ok);
  return stop?.code === undefined ? null : { gate: stop.gate, code: stop.code };
}

/** Gate results, from the outcome where it has them. */
export function gatesOf({ entry, intent }: CallRow) {
  return entry.gates ?? intent?.gates ?? [];
}

/** The eight cells in gate order. What is in the ledger was recorded, so the audit gate has passed for it. */
export function gateCells(row: CallRow): readonly Cell[] {
  const gates = gatesOf(row);
  return gateNames.map((name) => {
    const outcome = gates.find(({ gate }) => gate === name);
    if (outcome !== undefined)
      return outcome.ok ? 'passed' : outcome.code === 'APPROVAL_PENDING' ? 'waiting' : 'stopped';
    if (row.verdict === 'allowed') return 'passed';
    return name === 'audit' && (row.verdict === 'denied' || row.verdict === 'asked') ? 'passed' : 'ahead';
  });
}

/** The customer code the caller asked for, where it said one and the entry still tells: the arguments of later ones are sealed. */
export function askedFor({ entry, intent }: CallRow): string {
  const asked = (entry.params ?? intent?.params)?.['customer'];
  return typeof asked === 'string' ? asked.slice(0, 40) : '';
}

/** Who called. The end of a call that was cut short is Bulkhead's own word, so there its beginning says it. */
export function callerOf({ entry, intent }: CallRow): Principal {
  return entry.principal.kind === 'system' && intent !== null ? intent.principal : entry.principal;
}

function outcomeVerdict({ kind, gates, result }: Entry): CallVerdict {
  const stop = gates?.find(({ ok }) => !ok);
  if (stop?.code === 'APPROVAL_PENDING') return 'asked';
  if (kind === 'call.denied' || stop !== undefined) return 'denied';
  return result?.status === 'interrupted' ? 'interrupted' : 'allowed';
}
