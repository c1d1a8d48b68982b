// The three vendors on marked data, each with a worker bound to one customer: for vectors that call every tool there is.
import { connectors } from '../../../src-connectors/connectors.ts';
import { startHaloEmulator } from '../../../src-demo/halopsa/emulator.ts';
import { startHuduEmulator } from '../../../src-demo/hudu/emulator.ts';
import { startPax8Emulator } from '../../../src-demo/pax8/emulator.ts';
import type { Keep } from '../../../src-connectors/narrow.ts';
import type { Emulator } from '../../../src-demo/vendor/emulator.ts';
import { bind, type Bound } from '../../connectors/bound.ts';
import type { Example } from '../../connectors/example.ts';
import { haloExamples } from '../../connectors/halopsa/examples.ts';
import { huduExamples } from '../../connectors/hudu/examples.ts';
import { pax8Examples } from '../../connectors/pax8/examples.ts';
import { northway } from '../../demo/northway.ts';
import { markedData } from '../lying/marked-data.ts';

export interface BoundVendor {
  readonly name: string;
  readonly emulator: Emulator;
  readonly owner: string;
  readonly worker: Bound;
  readonly examples: readonly Example[];
}

/** Fresh emulators each time: what one vector writes the next does not see. `keep` is the workers' judgement, their own if absent. */
export async function boundVendors(keep?: Keep): Promise<readonly BoundVendor[]> {
  const { halopsa, hudu, pax8 } = markedData(northway).vendors;
  if (!halopsa || !hudu || !pax8) throw new Error('the demo file lacks a vendor');
  const [one, other] = northway.customers.filter(({ vendors }) => Object.keys(vendors).length === 3);
  const ids = (vendor: string) => [String(one?.vendors[vendor]), String(other?.vendors[vendor])] as const;
  const options = { port: 0, host: '127.0.0.1' } as const;
  return [
    boundTo('halopsa', await startHaloEmulator({ ...options, data: halopsa }), {
      credential: halopsa.credential,
      settings: { tenant: halopsa.tenant },
      owner: ids('halopsa')[0],
      examples: haloExamples(halopsa, ...ids('halopsa')),
      keep,
    }),
    boundTo('hudu', await startHuduEmulator({ ...options, data: hudu }), {
      credential: hudu.credential,
      owner: ids('hudu')[0],
      examples: huduExamples(hudu, ...ids('hudu')),
      keep,
    }),
    boundTo('pax8', await startPax8Emulator({ ...options, data: pax8 }), {
      credential: pax8.credential,
      owner: ids('pax8')[0],
      examples: pax8Examples(pax8, ...ids('pax8')),
      keep,
    }),
  ];
}

interface Account {
  readonly credential: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly examples: readonly Example[];
  readonly keep: Keep | undefined;
}

function boundTo(
  name: string,
  emulator: Emulator,
  { credential, settings = {}, owner, examples, keep }: Account,
): BoundVendor {
  const reach = { demo: 'true', requestsPerMinute: '900000', ...settings };
  const judge = keep === undefined ? {} : { keep };
  const worker = bind({ url: emulator.url, connector: name, owner, connectors, credential, settings: reach, ...judge });
  return { name, emulator, owner, worker, examples };
}

/** By each vendor's name: the fault with which it answers with everybody's rows, whatever it is asked for. */
const ignoring: Readonly<Record<string, string>> = {
  halopsa: 'ignoreClientFilter',
  hudu: 'ignoreCompanyFilter',
  pax8: 'ignoreCompanyFilter',
};

/** What can be wrong with whose rows a vendor answers with. */
export const troubles = [
  ['nothing wrong', {}],
  ['the customer filter ignored', { ignored: true }],
  ['rows of others mixed in', { mixForeignRows: 5 }],
  ['owners missing', { dropOwner: true }],
  ['names of the bound customer on rows of others', { lieOwner: true }],
  ['everything at once', { ignored: true, mixForeignRows: 5, lieOwner: true }],
] as const;

/** Sets the faults of one trouble, and of no other. */
export function troubled(
  { name, emulator }: BoundVendor,
  trouble: (typeof troubles)[number][1],
): { dropOwner: boolean } {
  const { ignored, ...faults } = { ignored: false, dropOwner: false, lieOwner: false, mixForeignRows: 0, ...trouble };
  const known = ignoring[name] ?? '';
  if (!Object.hasOwn(emulator.faults, known)) throw new Error(`${name} has no fault ${known}`);
  Object.assign(emulator.faults, faults, { [known]: ignored });
  return faults;
}

export const definitionOf = (tool: string) => {
  const found = connectors.flatMap(({ tools }) => tools).find(({ name }) => name === tool);
  if (found === undefined) throw new Error(`there is no tool ${tool}`);
  return found.definition();
};
