import { generateKeyPairSync } from 'node:crypto';
import { gatewayControl, gatewayHost } from '../src-shared/contract/gateway.ts';
import { ledgerWriter } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { client } from '../src-shared/wire/client.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { identify } from './admit.ts';
import { callTool, type CallPowers } from './call-tool.ts';
import { Dispatch } from './dispatch.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { Health } from './health.ts';
import { mcpEndpoint } from './mcp-endpoint.ts';
import { offeredTools } from './offered-tools.ts';
import { RateLimit } from './rate-limit.ts';
import { Recorder } from './recorder.ts';
import { Scope } from './scope.ts';
import { type Listening, listen } from './server.ts';
import { openTenantSession, type TenantSession } from './tenant-session.ts';

/** The gateway's entry: the only file here that meets the world. It has no files, no keychain, no vendor code, no secret. */
const parent = connectParent();
const clock = () => performance.now();
const now = () => Date.now();
let version = ''; // The supervisor tells it before anyone can connect.

const keys = generateKeyPairSync('ed25519');
const host = client(gatewayHost, parent.control);
const sessions = new Map<TenantId, TenantSession>();
const scope = new Scope();
const health = new Health(now, {
  health: (told) => emit('health', told),
  seen: (told) => emit('instanceSeen', told),
});
const recorder = new Recorder(clock);
const dispatch = new Dispatch(host, keys.privateKey, now);
const powers: CallPowers = { now, clock, scope, health, dispatch, recorder, session: (tenant) => sessions.get(tenant) };
const endpoint = mcpEndpoint(powers, () => version);
const doorkeeper = new Doorkeeper(powers, new RateLimit(clock), (seen) => emit('clientSeen', seen));
let listening: Listening | undefined;

const { emit } = serve(
  gatewayControl,
  {
    start: (told) => {
      version = told.version;
      return { grantKey: keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url') };
    },
    listen: async ({ port }) => {
      listening ??= await listen(port, {
        hear: (tokenHash) => doorkeeper.hear(tokenHash),
        serve: (request, body, tokenHash) => endpoint.serve(request, body, { kind: 'client', tokenHash }),
      });
      return { port: listening.port, mcpUrl: `http://127.0.0.1:${listening.port}/mcp` };
    },
    enrol: async (input) => {
      const session = await openTenantSession(input);
      sessions.set(input.enrolment.tenant, session);
      health.forget();
      endpoint.toolsChanged();
    },
    scope: async ({ tenant, clients, switcher }) => {
      await scope.replace(tenant, clients, switcher);
      endpoint.toolsChanged();
    },
    callTool: ({ tool, arguments: args }, signal) =>
      callTool({ caller: operator(), tool, arguments: args }, powers, signal),
    offeredTools: async () => {
      const { verdict } = await identify.run({ caller: operator(), tool: '', arguments: {} }, powers, clock);
      return verdict.ok ? [...offeredTools(verdict.value, powers)] : [];
    },
    explain: notBuilt,
    tryCall: notBuilt,
    rights: notBuilt,
    may: notBuilt,
    approvals: () => ({ approvals: [], standing: [] }),
    decide: notBuilt,
    extendApproval: notBuilt,
    withdrawStanding: notBuilt,
    usage: () => {
      const [session] = sessions.values();
      if (!session) throw notEnrolled();
      return session.quota.usage();
    },
  },
  parent.control,
  reportUnexpected,
);

parent.onLink((name, port) => {
  if (name !== 'ledger') return dispatch.link(name, port);
  const ledger = client(ledgerWriter, port);
  recorder.use(ledger);
  port.onClose(() => {
    if (recorder.isUsing(ledger)) recorder.use(undefined);
  });
});

/** The operator acts in the one tenant that is enrolled; the supervisor alone can speak for it. */
function operator() {
  const [tenant] = sessions.keys();
  if (tenant === undefined) throw notEnrolled();
  return { kind: 'operator' as const, tenant };
}

function notBuilt(): never {
  throw new Fault('NOT_BUILT', 'This is not built yet.');
}

function notEnrolled(): Fault {
  return new Fault('NOT_ENROLLED', 'No company is enrolled on this device.', 'Start the demo with --demo.');
}
