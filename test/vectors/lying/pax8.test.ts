import { describe } from 'vitest';
import { startPax8Emulator } from '../../../src-demo/pax8/emulator.ts';
import { pax8Examples } from '../../connectors/pax8/examples.ts';
import { northway } from '../../demo/northway.ts';
import { lyingSuite } from './lying-suite.ts';
import { markedData } from './marked-data.ts';

const data = markedData(northway).vendors.pax8;
if (data === undefined) throw new Error('the demo file has no Pax8');
// The Harbour Trust is the one customer with invoices of its own.
const mapped = northway.customers
  .toSorted((one, other) => Number(other.id === 'harbour-trust') - Number(one.id === 'harbour-trust'))
  .flatMap(({ vendors }) => vendors['pax8'] ?? [])
  .map(String);

describe('a lying Pax8', () => {
  lyingSuite('Pax8', {
    connector: 'pax8',
    start: () => startPax8Emulator({ data, port: 0, host: '127.0.0.1' }),
    credential: data.credential,
    owners: mapped.slice(0, 6),
    examples: (owner, other) => pax8Examples(data, owner, other),
  });
});
