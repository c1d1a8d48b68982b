/** A call in words a technician can act on. Names come from the bound customer's own rows; codes stay in the detail. */
import { type DenialCause, type DenialCode, gateNames } from '../../../src-shared/model/denial.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { isRead } from '../../../src-shared/model/risk.ts';
import { lookUpTool } from '../../../src-shared/model/subject.ts';
import { useApp } from '../../api/app.ts';
import { asWords } from '../../parts/as-words.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { number, t } from '../../words.ts';
import { type CallRow, callerOf, causeOf, isOfSeveral, stopOf } from './call-row.ts';

export interface Sentence {
  readonly lead: string;
  readonly rest: string;
}

/** What became of approvals, in words, by their ids. */
type Ends = ReadonlyMap<string, string>;
const noEnds: Ends = new Map();

/** Why a call was denied, and what did not happen because of it. Null for calls that were not denied. */
export function denialSentence(row: CallRow, ends = noEnds): Sentence | null {
  const stop = stopOf(row);
  if (stop === null) return null;
  const names = namesOf(row);
  const isBeforeVendor = gateNames.indexOf(stop.gate) < gateNames.indexOf('execution');
  const kept =
    isBeforeVendor && names.connector !== '' ? ` ${t('denial.nothingSent', { connector: names.connector })}` : '';
  const words = wordsOf(row, stop.code);
  const lead = t(`denial.${words}.lead`, names);
  const end = endOf(row, ends);
  if (end !== undefined) return { lead, rest: `${t('denial.notThen')} ${asSentence(end)}` };
  return { lead, rest: `${t(`denial.${words}.rest`, names)}${kept}`.trim() };
}

/** What happened, in one line: the tool, then what came of it. */
export function callSummary(row: CallRow, title: string, ends = noEnds): Sentence {
  const { result } = row.entry;
  if (row.verdict === 'running') return { lead: title, rest: t('call.running') };
  if (row.verdict === 'interrupted') return { lead: title, rest: t('call.interrupted') };
  if (row.verdict === 'faulted') return { lead: title, rest: t('call.faulted') };
  const stop = stopOf(row);
  if (stop !== null) {
    const short = t(`denial.${wordsOf(row, stop.code)}.short`, namesOf(row));
    const outcome = endOf(row, ends);
    return { lead: title, rest: outcome === undefined ? short : t('call.asked', { asked: short, outcome }) };
  }
  if (row.entry.connector === undefined) return { lead: title, rest: t('call.read') }; // One of Bulkhead's own tools.
  const records = result === undefined ? '' : t('call.records', { count: result.records });
  return { lead: title, rest: [records, droppedWords(result?.dropped ?? 0)].filter((part) => part !== '').join(', ') };
}

/** Whom an entry is about, or that it is about no one customer. */
export function customerFact(entry: Entry): string {
  const { customer, cross } = entry;
  if (customer !== null || cross === undefined) return customer ?? t('scope.noCustomer');
  return isOfSeveral(entry) ? t('detail.several') : t('detail.ofScope', { cross });
}

/** "2 records not provably theirs removed", or nothing. */
export const droppedWords = (dropped: number): string =>
  dropped === 0 ? '' : t('call.dropped', { count: dropped, dropped: number(dropped) });

/** The tool's title where the tools are known, its name as words where not. */
export function toolTitle(tool: string | undefined, titles: ReadonlyMap<string, string>): string {
  if (tool === undefined) return t('call.noTool');
  if (tool === lookUpTool) return t('call.lookUp');
  return titles.get(tool) ?? asWords(tool);
}

/** The client app's name; the window and the commands say what they are. */
export const clientName = (client: string): string => (client === 'operator' ? t('call.operator') : client);

function wordsOf(row: CallRow, code: DenialCode): DenialCode | DenialCause | 'endedAtChange' | 'unasked' {
  if (code === 'APPROVAL_PENDING' && row.verdict === 'denied') return 'unasked';
  const cause = causeOf(row);
  const risk = row.entry.risk ?? row.intent?.risk;
  if (cause === 'worker-ended' && (risk === undefined || !isRead(risk))) return 'endedAtChange';
  return cause ?? code;
}

/** What became of the approval a call was told to wait for, where that is known. */
const endOf = ({ verdict, entry }: CallRow, ends: Ends): string | undefined =>
  verdict === 'asked' ? ends.get(entry.decision?.approval ?? '') : undefined;

const asSentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

function namesOf(row: CallRow) {
  const bound = useApp.getState().state?.binding?.customer;
  const own = row.entry.customer ?? '';
  return {
    client: clientName(callerOf(row).client),
    customer: bound !== undefined && bound.code === own ? bound.name : own,
    connector: connectorName(row.entry.connector),
  };
}
