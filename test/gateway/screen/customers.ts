// An MSP whose customers are named to be confused: with each other, with everyday words, with people.
import type { Customer } from '../../../src-shared/model/customer.ts';
import { CustomerId } from '../../../src-shared/model/ids.ts';
import { makeScreen } from '../../../src-gateway/screen/screen.ts';
import type { MentionPolicy } from '../../../src-shared/model/bundle.ts';

const rows: readonly (readonly [string, string, string, string, readonly string[]])[] = [
  ['acme-ltd', 'ACME-1', 'Acme Ltd', 'acmeltd.example', ['Acme']],
  ['acme-group', 'ACME-5', 'Acme Group', 'acmegroup.example', ['Acme Holdings']],
  ['meridian-dental', 'MERI-7', 'Meridian Dental Group', 'meridiandental.example', ['Meridian', 'MDG']],
  ['meridian-logistics', 'MERI-12', 'Meridian Logistics', 'meridianlogistics.example', ['Meridian Haulage']],
  ['copperfield', 'COPP-4', 'Copperfield & Rhodes Solicitors', 'copperfield-rhodes.example', ['C&R']],
  ['vale', 'VALE-6', 'Vale Housing Association', 'valehousing.example', ['Vale', 'Vale Homes']],
  ['summit', 'SUMM-2', 'Summit', 'summit.example', []],
  ['works', 'WORK-3', 'The Works', 'theworks.example', []],
  ['choice', 'FIRS-9', 'First Choice', 'firstchoice.example', []],
  ['it', 'IT-5', 'IT Ltd', 'it.example', ['IT']],
  ['apple', 'APPL-8', 'Apple', 'apple-orchards.example', []],
  ['thornton', 'THOR-2', 'Thornton College', 'thorntoncollege.example', ['Thornton']],
  ['st-agnes', 'AGNE-1', 'St Agnes Hospice', 'stagneshospice.example', ['St Agnes']],
  ['obrien', 'OBRI-3', "O'Brien Freight (UK) Ltd", 'obrien.example', []],
  ['muller', 'MULL-4', 'Müller Werkzeugbau GmbH', 'mueller-werkzeug.example', ['Müller Werkzeug']],
  ['tarn', 'TARN-1', 'Tarn Hotels', 'tarn.co.uk.example', ['Tarn']],
  ['constructor', 'CONS-1', 'Brunswick Builders', '', []],
  ['pub', 'PUBL-1', 'Quenwick Pottery', 'gmail.com', []],
];

export const customers: readonly Customer[] = rows.map(([id, code, name, domain, aliases]) => ({
  id: CustomerId.parse(id),
  code,
  name,
  domain,
  aliases: [...aliases],
}));

/** Ids as three vendors give them: small numbers, long numbers, UUIDs. */
export const instances = [
  { mapping: Object.fromEntries(customers.map(({ id }, at) => [id, String(at * 40 + 87)])) },
  { mapping: { [CustomerId.parse('acme-group')]: '0b6c2f4e-1d3a-4c55-9e10-7a2b3c4d5e6f' } },
  { mapping: { [CustomerId.parse('tarn')]: 'ORG-44A21' } },
];

/** What leaves of a text when the customer is bound. */
export function screening(policy: Partial<MentionPolicy> = {}) {
  const screen = makeScreen({ customers, instances, policy: { mode: 'redact', never: [], ...policy } });
  return {
    screen,
    text: (text: string, bound = 'pub'): unknown =>
      screen.apply([{ text }], CustomerId.parse(bound)).records[0]?.['text'],
    apply: (records: readonly Record<string, unknown>[], bound = 'pub') =>
      screen.apply(records, CustomerId.parse(bound)),
  };
}
