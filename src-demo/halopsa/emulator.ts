// A HaloPSA tenant on 127.0.0.1, faithful to `halopsa.md` including its hazards, with faults to switch on while it runs.
// Every peer is untrusted, as at the vendor.
import { randomBytes } from 'node:crypto';
import type { HaloData } from '../demo-data.ts';
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer, textAnswer } from '../vendor/answer.ts';
import type { Emulator, EmulatorOptions, VendorRequest } from '../vendor/emulator.ts';
import { startEmulator } from '../vendor/emulator.ts';
import type { Throttle } from '../vendor/throttle.ts';
import { createThrottle } from '../vendor/throttle.ts';
import { answerHaloAdmin } from './admin.ts';
import { readLinked } from './attachments.ts';
import type { HaloFaults } from './faults.ts';
import { haloFaults, noFaults } from './faults.ts';
import { haloLies } from './lie-source.ts';
import { notFound, refuse } from './refusal.ts';
import { answerCall } from './routes.ts';
import { createStore } from './store.ts';
import type { Tokens } from './tokens.ts';
import { createTokens, isTenant } from './tokens.ts';
import type { World } from './world.ts';

export type HaloEmulator = Emulator<HaloFaults>;

type Tenant = {
  readonly world: World;
  readonly name: string;
  readonly tokens: Tokens;
  readonly throttle: Throttle;
};

export function startHaloEmulator(options: EmulatorOptions<HaloData>): Promise<HaloEmulator> {
  const { data, now = Date.now } = options;
  const faults = noFaults();
  return startEmulator(options, (origin) => {
    const world: World = { store: createStore(data), faults, now, origin, linkKey: randomBytes(32) };
    const tenant: Tenant = {
      world,
      name: data.tenant,
      tokens: createTokens({ tenant: data.tenant, credential: data.credential, faults, now }),
      throttle: createThrottle({
        faults,
        now,
        overLimit: ({ requests, windowSeconds }) =>
          textAnswer(429, `Rate Limit Reached - ${requests} Requests per rolling ${windowSeconds / 60} minute window`),
        refuse: (status) => refuse(faults, status, 'An error has occurred.'),
      }),
    };
    return {
      faults,
      faultSchema: haloFaults,
      now,
      admin: (call) => answerHaloAdmin(world, call),
      isApi: (path) => path.toLowerCase().startsWith('/api/'),
      answer: (request) => answer(tenant, request),
      tooLarge: () => refuse(faults, 413, 'Request too large'),
      lies: haloLies(world.store),
    };
  });
}

function answer(
  { world, name, tokens, throttle }: Tenant,
  { method, path, query, headers, body }: VendorRequest,
): Answer {
  const [first = '', resource = '', id = '', ...deeper] = path.split('/').slice(1);
  const place = `${first}/${resource}`.toLowerCase();
  if (place === 'api/authinfo')
    return jsonAnswer(200, JSON.stringify({ auth_url: `${world.origin}/auth`, tenant_id: name, hosted: true }));
  if (place === 'auth/token' && method === 'POST') return tokens.issue(body.toString(), query.text('tenant'));
  const { authorization } = headers;
  if (first === 'files') return readLinked(world, resource, query, authorization !== undefined);
  if (first.toLowerCase() !== 'api') return notFound(world.faults);
  const scopes = tokens.check(authorization);
  if (scopes === null) return emptyAnswer(401);
  if (!isTenant(name, query.text('tenant'))) return refuse(world.faults, 400, 'Invalid tenant');
  const refused = throttle();
  if (refused !== null) return refused;
  if (deeper.some((part) => part !== '')) return notFound(world.faults);
  return answerCall(world, resource, { method, id, query, body: body.toString() }, scopes);
}
