/** A call in words a technician can act on. Names come from the bound customer's own rows; codes stay in the detail. */
import { gateNames } from '../../../src-shared/model/denial.ts';
import { useApp } from '../../api/app.ts';
import { asWords } from '../../parts/as-words.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { number, t } from '../../words.ts';
import { askedFor, type CallRow, callerOf, stopOf } from './call-row.ts';

export interface Sentence {
  readonly lead: string;
  readonly rest: string;
}

/** Why a call was denied, and what did not happen because of it. Null for calls that were not denied. */
export function denialSentence(row: CallRow): Sentence | null {
  const stop = stopOf(row);
  if (stop === null) return null;
  const names = namesOf(row);
  const isBeforeVendor = gateNames.indexOf(stop.gate) < gateNames.indexOf('execution');
  const kept =
    isBeforeVendor && names.connector !== '' ? ` ${t('denial.nothingSent', { connector: names.connector })}` : '';
  return { lead: t(`denial.${stop.code}.lead`, names), rest: `${t(`denial.${stop.code}.rest`, names)}${kept}`.trim() };
}

/** What happened, in one line: the tool, then what came of it. */
export function callSummary(row: CallRow, title: string): Sentence {
  const { result } = row.entry;
  if (row.verdict === 'running') return { lead: title, rest: t('call.running') };
  if (row.verdict === 'interrupted') return { lead: title, rest: t('call.interrupted') };
  const stop = stopOf(row);
  if (stop !== null) return { lead: title, rest: t(`denial.${stop.code}.short`, namesOf(row)) };
  if (row.entry.connector === undefined) return { lead: title, rest: t('call.read') }; // One of Bulkhead's own tools.
  const records = result === undefined ? '' : t('call.records', { count: result.records });
  return { lead: title, rest: [records, droppedWords(result?.dropped ?? 0)].filter((part) => part !== '').join(', ') };
}

/** "2 records not provably theirs removed", or nothing. */
export const droppedWords = (dropped: number): string =>
  dropped === 0 ? '' : t('call.dropped', { count: dropped, dropped: number(dropped) });

/** The tool's title where the tools are known, its name as words where not. */
export function toolTitle(tool: string | undefined, titles: ReadonlyMap<string, string>): string {
  if (tool === undefined) return t('call.noTool');
  return titles.get(tool) ?? asWords(tool);
}

/** The client app's name; the window and the commands say what they are. */
export const clientName = (client: string): string => (client === 'operator' ? t('call.operator') : client);

function namesOf(row: CallRow) {
  const bound = useApp.getState().state?.binding?.customer;
  const own = row.entry.customer ?? '';
  return {
    client: clientName(callerOf(row).client),
    asked: askedFor(row) || t('denial.another'),
    customer: bound !== undefined && bound.code === own ? bound.name : own,
    connector: connectorName(row.entry.connector),
  };
}
