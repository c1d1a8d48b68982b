// A Hudu instance on 127.0.0.1, faithful to `hudu.md` including its hazards, with faults to switch on while it runs.
// Every peer is untrusted, as at the vendor.
import { randomBytes } from 'node:crypto';
import type { HuduData } from '../demo-data.ts';
import type { Answer } from '../vendor/answer.ts';
import { textAnswer } from '../vendor/answer.ts';
import type { Emulator, EmulatorOptions, VendorRequest } from '../vendor/emulator.ts';
import { isSameSecret } from '../vendor/secret.ts';
import { startEmulator } from '../vendor/emulator.ts';
import { createThrottle } from '../vendor/throttle.ts';
import type { HuduFaults } from './faults.ts';
import { huduFaults, noHuduFaults } from './faults.ts';
import { readPublic } from './files.ts';
import { huduLies } from './lie-source.ts';
import { missing, refuse, unauthorized } from './refusal.ts';
import { answerCall } from './routes.ts';
import { createStore } from './store.ts';
import type { World } from './world.ts';

export type HuduEmulator = Emulator<HuduFaults>;

const prefix = '/api/v1/';

export function startHuduEmulator(options: EmulatorOptions<HuduData>): Promise<HuduEmulator> {
  const { data, now = Date.now } = options;
  const faults = noHuduFaults();
  return startEmulator(options, (origin) => {
    const world: World = { store: createStore(data), faults, now, origin, linkKey: randomBytes(32) };
    const throttle = createThrottle({
      faults,
      now,
      overLimit: () => textAnswer(429, 'Retry later'),
      refuse: (status) => refuse(status, 'Something went wrong'),
    });
    const answer = ({ method, path, query, headers, body }: VendorRequest): Answer => {
      if (!path.startsWith(prefix)) return readPublic(world, partsOf(path), query) ?? missing;
      if (!isAllowed(faults, headers['x-api-key'], data.credential.apiKey)) return unauthorized;
      return throttle() ?? answerCall(world, { method, parts: partsOf(path.slice(prefix.length)), query, body });
    };
    return {
      faults,
      faultSchema: huduFaults,
      now,
      isApi: (path) => path.startsWith(prefix),
      answer,
      tooLarge: () => refuse(413, 'Request too large'),
      lies: huduLies(world),
    };
  });
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** The key is the whole credential; it may be tied to addresses, and all our peers are this machine (§1). */
function isAllowed({ key, rejectKey }: HuduFaults, given: unknown, expected: string): boolean {
  if (rejectKey || (key.ips !== null && !key.ips.includes('127.0.0.1'))) return false;
  return typeof given === 'string' && isSameSecret(given, expected);
}
