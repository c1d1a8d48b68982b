import { describe } from 'vitest';
import { startHaloEmulator } from '../../../src-demo/halopsa/emulator.ts';
import { haloExamples } from '../../connectors/halopsa/examples.ts';
import { northway } from '../../demo/northway.ts';
import { lyingSuite } from './lying-suite.ts';
import { markedData } from './marked-data.ts';

const data = markedData(northway).vendors.halopsa;
if (data === undefined) throw new Error('the demo file has no HaloPSA');

describe('a lying HaloPSA', () => {
  lyingSuite('HaloPSA', {
    connector: 'halopsa',
    start: () => startHaloEmulator({ data, port: 0, host: '127.0.0.1' }),
    credential: data.credential,
    settings: { tenant: data.tenant },
    owners: ['214', '87', '31', '152', '12', '17'],
    examples: (owner, other) => haloExamples(data, owner, other),
  });
});
