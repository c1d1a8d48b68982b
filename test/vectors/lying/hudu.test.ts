import { describe } from 'vitest';
import { startHuduEmulator } from '../../../src-demo/hudu/emulator.ts';
import { huduExamples } from '../../connectors/hudu/examples.ts';
import { northway } from '../../demo/northway.ts';
import { lyingSuite } from './lying-suite.ts';
import { markedData } from './marked-data.ts';

const data = markedData(northway).vendors.hudu;
if (data === undefined) throw new Error('the demo file has no Hudu');
const mapped = northway.customers.flatMap(({ vendors }) => vendors['hudu'] ?? []).map(String);

describe('a lying Hudu', () => {
  lyingSuite('Hudu', {
    connector: 'hudu',
    start: () => startHuduEmulator({ data, port: 0, host: '127.0.0.1' }),
    credential: data.credential,
    owners: mapped.slice(0, 6),
    examples: (owner, other) => huduExamples(data, owner, other),
  });
});
