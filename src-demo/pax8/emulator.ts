// A Pax8 partner account on 127.0.0.1, faithful to `pax8.md` including its hazards, with faults to switch on while it
// runs. Every peer is untrusted, as at the vendor.
import type { Pax8Data } from '../demo-data.ts';
import type { Answer } from '../vendor/answer.ts';
import type { Emulator, EmulatorOptions, VendorRequest } from '../vendor/emulator.ts';
import { startEmulator } from '../vendor/emulator.ts';
import type { Throttle } from '../vendor/throttle.ts';
import { createThrottle } from '../vendor/throttle.ts';
import { answerPax8Admin } from './admin.ts';
import type { Pax8Faults } from './faults.ts';
import { noFaults, pax8Faults } from './faults.ts';
import { pax8Lies } from './lie-source.ts';
import { refuse } from './refusal.ts';
import { answerCall } from './routes.ts';
import { createStore } from './store.ts';
import { settle } from './subscription-changes.ts';
import type { Tokens } from './tokens.ts';
import { createTokens } from './tokens.ts';
import type { World } from './world.ts';

export type Pax8Emulator = Emulator<Pax8Faults>;

type Account = { readonly world: World; readonly tokens: Tokens; readonly throttle: Throttle };

const tokenPath = '/v1/token';
/** Errors of the throttle do not know the path. */
const anywhere = '/';

export function startPax8Emulator(options: EmulatorOptions<Pax8Data>): Promise<Pax8Emulator> {
  const { data, now = Date.now } = options;
  const faults = noFaults();
  const world: World = { store: createStore(data), faults, partner: data.partner, now };
  const account: Account = {
    world,
    tokens: createTokens({ credential: data.credential, faults, now }),
    throttle: createThrottle({
      faults,
      now,
      overLimit: () => refuse(anywhere, 429, 'Too many requests'),
      refuse: (status) => refuse(anywhere, status, 'An error has occurred'),
    }),
  };
  return startEmulator(options, () => ({
    faults,
    faultSchema: pax8Faults,
    now,
    admin: (call) => answerPax8Admin(world, call),
    isApi: (path) => path !== tokenPath,
    answer: (request) => answer(account, request),
    tooLarge: () => refuse(anywhere, 413, 'Request too large'),
    lies: pax8Lies(world.store),
  }));
}

function answer({ world, tokens, throttle }: Account, request: VendorRequest): Answer {
  const { method, path, query, headers } = request;
  const body = request.body.toString();
  if (path === tokenPath && method === 'POST') return tokens.issue(path, body);
  const kind = tokens.check(headers.authorization);
  if (kind === null) return refuse(path, 401, 'Unauthorized');
  const refused = throttle();
  if (refused !== null) return refused;
  if (kind === 'vendor') return refuse(path, 403, 'Access denied');
  settle(world);
  return answerCall(world, { method, path, query, body });
}
