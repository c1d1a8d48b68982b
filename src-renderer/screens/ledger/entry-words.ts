/** An entry of any kind in a few words. What was asked and answered is not among them: it is sealed. */
import type { Entry } from '../../../src-shared/model/entry.ts';
import { asWords } from '../../parts/as-words.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { ledgerWords } from '../../en-ledger.ts';
import { number, t } from '../../words.ts';
import { outcomeOf } from '../activity/approval-trail.ts';
import { type CallRow, callRow } from '../activity/call-row.ts';
import { callSummary, clientName, type Sentence, toolTitle } from '../activity/call-words.ts';

/** What happened. A call's end says whether it was denied, asked a person, failed or was cut short, an approval's which it was. */
export function kindWords(entry: Entry): string {
  const verdict = callOf(entry)?.verdict;
  if (verdict === 'denied') return kindTitle('call.denied');
  if (verdict === 'asked') return t('ledger.asked');
  if (verdict === 'faulted') return t('ledger.callFailed');
  if (verdict === 'interrupted') return t('ledger.cutShort');
  if (entry.kind === 'retention.tombstone' && entry.params?.['because'] === 'key') return t('ledger.keyDestroyed');
  const outcome = outcomeOf(entry);
  return outcome === null ? kindTitle(entry.kind) : t(`approvals.kind.${outcome}`);
}

export const kindTitle = (kind: Entry['kind']): string => t(`kind.${kind.replace('.', '_') as KindKey}`);

/** i18next takes a dot for a level. */
type KindKey = Entry['kind'] extends infer K ? (K extends `${infer A}.${infer B}` ? `${A}_${B}` : K) : never;

/** The call an entry is of, as far as this one entry tells; null for what is no call. */
export function callOf(entry: Entry): CallRow | null {
  if (entry.kind === 'call.intent') return callRow(entry, null, 0);
  return entry.kind === 'call.outcome' || entry.kind === 'call.denied' ? callRow(null, entry, 0) : null;
}

export function whatWords(entry: Entry, titles: ReadonlyMap<string, string>): Sentence {
  const call = callOf(entry);
  if (call !== null) {
    const { lead, rest } = callSummary(call, toolTitle(entry.tool, titles));
    return { lead, rest: entry.kind === 'call.intent' ? '' : rest };
  }
  if (entry.tool !== undefined) return { lead: toolTitle(entry.tool, titles), rest: '' };
  return { lead: '', rest: entry.kind === 'retention.tombstone' ? goneWords(entry.params) : told(entry.params) };
}

export function whoWords({ principal: { kind, name, client } }: Entry): string {
  if (kind === 'system') return t('ledger.system');
  return client === 'operator' ? name : `${name}, ${clientName(client)}`;
}

/** How many bodies a tombstone stands for. */
function goneWords(params: Entry['params']): string {
  const { bodies, upTo } = params ?? {};
  if (typeof bodies !== 'number' || typeof upTo !== 'number') return '';
  return t('ledger.gone', { count: bodies, shown: number(bodies), upTo: number(upTo) });
}

/** The members of a deed's own facts that name something, the telling ones first. */
function told(params: Entry['params']): string {
  const alert = params?.['alert'];
  const rest = ['client', 'name', 'instance', 'because', 'version']
    .map((name) => params?.[name])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => plainLine(String(value)).slice(0, 60));
  return [...(typeof alert === 'string' ? [alertWords(alert)] : []), ...rest].join(', ');
}

const alertWords = (alert: string): string =>
  isKnown(alert) ? t(`ledger.alert.${alert}`) : asWords(plainLine(alert).replaceAll('-', '_'));

const isKnown = (alert: string): alert is keyof typeof ledgerWords.alert => Object.hasOwn(ledgerWords.alert, alert);
