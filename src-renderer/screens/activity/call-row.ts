/** One tool call as the window shows it, made of the ledger entries that belong to it. */
import {
  type DenialCause,
  denialCauses,
  type DenialCode,
  type GateName,
  gateNames,
} from '../../../src-shared/model/denial.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';
import type { Principal } from '../../../src-shared/model/principal.ts';
import { lookUpTool } from '../../../src-shared/model/subject.ts';

export type CallVerdict = 'allowed' | 'denied' | 'asked' | 'running' | 'interrupted' | 'faulted';
/** `ahead`: the call did not come so far, or not yet. `unrecorded`: the ledger does not say what the gate said, if it was asked. */
export type Cell = 'passed' | 'stopped' | 'waiting' | 'ahead' | 'unrecorded';

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
export function stopOf(row: CallRow): { readonly gate: GateName; readonly code: DenialCode } | null {
  const stop = gatesOf(row).find(({ ok }) => !ok);
  return stop?.code === undefined ? null : { gate: stop.gate, code: stop.code };
}

/**
 * Which of the causes of its code a denial had, where its entry names one. Entries from before bodies were sealed have arguments
 * there, with the customer's among them.
 */
export function causeOf(row: CallRow): DenialCause | null {
  const { because, ...more } = row.entry.params ?? {};
  if (typeof because !== 'string' || Object.keys(more).length > 0 || !isCause(because)) return null;
  return denialCauses[because] === stopOf(row)?.code ? because : null;
}

const isCause = (text: string): text is DenialCause => Object.hasOwn(denialCauses, text);

/** What was asked, in the clear: only in entries from before bodies were sealed. Those of a look-up say for which tool it was. */
export const clearArguments = (row: CallRow): Entry['params'] =>
  row.entry.tool === lookUpTool
    ? undefined
    : ((causeOf(row) === null ? row.entry.params : undefined) ?? row.intent?.params);

/** Gate results, from the outcome where it has them. */
export function gatesOf({ entry, intent }: CallRow) {
  return entry.gates ?? intent?.gates ?? [];
}

/** The eight cells in gate order. A gate is shown as passed only where its result is on record. */
export function gateCells(row: CallRow): readonly Cell[] {
  const gates = gatesOf(row);
  const last = gates.find(({ ok }) => !ok) ?? (row.verdict === 'running' ? gates.at(-1) : undefined);
  const reached = last === undefined ? gateNames.length : gateNames.indexOf(last.gate);
  return gateNames.map((name, place) => {
    const outcome = gates.find(({ gate }) => gate === name);
    if (outcome !== undefined) return outcome.ok ? 'passed' : row.verdict === 'asked' ? 'waiting' : 'stopped';
    // That the entry is there says of the audit gate that it was reached.
    return place > reached && (name !== 'audit' || row.verdict === 'running') ? 'ahead' : 'unrecorded';
  });
}

/** The call of several customers as a whole: what the gates said of each is in the entries of each one's own call. */
export const isOfSeveral = ({ kind, cross, customer, connector }: Entry): boolean =>
  // What was refused before anyone was asked, and what an app asks of its scope, has no calls of each one.
  kind === 'call.outcome' && cross !== undefined && customer === null && connector !== undefined;

/** One of Bulkhead's own tools, which tell a caller about itself: only who is calling matters for them. */
export const isBuiltIn = ({ verdict, entry }: CallRow): boolean =>
  verdict === 'allowed' && entry.connector === undefined;

/** The customer code the caller asked for, where it said one and the entry still tells: the arguments of later ones are sealed. */
export function askedFor(row: CallRow): string {
  const asked = clearArguments(row)?.['customer'];
  return typeof asked === 'string' ? asked.slice(0, 40) : '';
}

/** Who called. The end of a call that was cut short is Bulkhead's own word, so there its beginning says it. */
export function callerOf({ entry, intent }: CallRow): Principal {
  return entry.principal.kind === 'system' && intent !== null ? intent.principal : entry.principal;
}

function outcomeVerdict({ kind, gates, result, decision }: Entry): CallVerdict {
  const stop = gates?.find(({ ok }) => !ok);
  // Without a reference nobody was asked: too much of the client app waits already.
  const isAsked = decision === undefined || decision.approval !== undefined;
  if (stop?.code === 'APPROVAL_PENDING' && isAsked) return 'asked';
  if (kind === 'call.denied' || stop !== undefined) return 'denied';
  if (result?.status === 'interrupted') return 'interrupted';
  return result === undefined || result.status === 'ok' ? 'allowed' : 'faulted';
}
