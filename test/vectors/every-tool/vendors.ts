// The three vendors on marked data, each with a worker bound to one customer: for vectors that call every tool there is.
import { connectors } from '../../../src-connectors/connectors.ts';
import { startHaloEmulator } from '../../../src-demo/halopsa/emulator.ts';
import { startHuduEmulator } from '../../../src-demo/hudu/emulator.ts';
import { startPax8Emulator } from '../../../src-demo/pax8/emulator.ts';
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

/** Fresh emulators each time: what one vector writes the next does not see. */
export async function boundVendors(): Promise<readonly BoundVendor[]> {
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
    }),
    boundTo('hudu', await startHuduEmulator({ ...options, data: hudu }), {
      credential: hudu.credential,
      owner: ids('hudu')[0],
      examples: huduExamples(hudu, ...ids('hudu')),
    }),
    boundTo('pax8', await startPax8Emulator({ ...options, data: pax8 }), {
      credential: pax8.credential,
      owner: ids('pax8')[0],
      examples: pax8Examples(pax8, ...ids('pax8')),
    }),
  ];
}

interface Account {
  readonly credential: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly examples: readonly Example[];
}

function boundTo(
  name: string,
  emulator: Emulator,
  { credential, settings = {}, owner, examples }: Account,
): BoundVendor {
  const reach = { demo: 'true', requestsPerMinute: '900000', ...settings };
  const worker = bind({ url: emulator.url, connector: name, owner, connectors, credential, settings: reach });
  return { name, emulator, owner, worker, examples };
}

export const definitionOf = (tool: string) => {
  const found = connectors.flatMap(({ tools }) => tools).find(({ name }) => name === tool);
  if (found === undefined) throw new Error(`there is no tool ${tool}`);
  return found.definition();
};
