import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { gatewayControl, gatewayHost } from '../src-shared/contract/gateway.ts';
import { ledgerWriter } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { client } from '../src-shared/wire/client.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { verifyIdentity } from '../src-shared/verify-enrolment.ts';
import { identify } from './admit.ts';
import { Approvals } from './approvals/approvals.ts';
import { claimsByName } from './approvals/claims-by-name.ts';
import { whyEnded } from './approvals/why-ended.ts';
import { callTool, type CallPowers } from './call-tool.ts';
import { Dispatch } from './dispatch.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { Health } from './health.ts';
import { judgements } from './judgements.ts';
import { lookUp } from './look-up.ts';
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
const scope = new Scope({ now, clock });
const health = new Health(
  { now, clock },
  {
    health: (told) => emit('health', told),
    seen: (told) => emit('instanceSeen', told),
  },
);
const recorder = new Recorder(clock);
const dispatch = new Dispatch(host, keys.privateKey, now);
const session = (tenant: TenantId) => sessions.get(tenant);
const approvals = new Approvals({
  clock,
  now,
  recorder,
  session,
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  identify: async (tenant, identity) => {
    const tenantKey = session(tenant)?.tenantKey ?? '';
    return verifyIdentity(identity, { tenant, tenantKey, now: now() });
  },
  ended: (caller, binding) => whyEnded(scope, caller, binding),
  changed: (pending) => emit('approvalsChanged', { pending }),
});
const claims = claimsByName(approvals, (asked) => lookUp(asked, powers));
const powers = { now, clock, scope, health, dispatch, recorder, approvals: claims, session } satisfies CallPowers;
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
        weigh: (tokenHash, bytes) => doorkeeper.weigh(tokenHash, bytes),
        serve: (request, body, tokenHash) => endpoint.serve(request, body, { kind: 'client', tokenHash }),
      });
      return { port: listening.port, mcpUrl: `http://127.0.0.1:${listening.port}/mcp` };
    },
    enrol: async (input) => {
      const counted = sessions.get(input.enrolment.tenant)?.quota;
      const { tenant } = input.enrolment;
      sessions.set(tenant, await openTenantSession({ ...input, counted }));
      void approvals.withdrawAll(
        tenant,
        'What is enrolled on this device changed: the policy, the tools or the mapping.',
      );
      health.forget();
      endpoint.toolsChanged();
    },
    scope: async ({ tenant, clients, switcher, ...limits }) => {
      const replaced = scope.replace(tenant, clients, switcher, limits);
      void approvals.sweep(); // What lost its binding just now is over before anything else can happen.
      await replaced;
      endpoint.toolsChanged();
    },
    callTool: ({ tool, arguments: args }, signal) =>
      callTool({ caller: operator(), tool, arguments: args }, powers, signal),
    offeredTools: async () => {
      const { verdict } = await identify.run({ caller: operator(), tool: '', arguments: {} }, powers, clock);
      return verdict.ok ? [...offeredTools(verdict.value, powers)] : [];
    },
    ...judgements(powers, approvals.look, operator),
    approvals: () => approvals.desk(),
    decide: (decision) => approvals.decide(decision),
    whoMayApprove: ({ id, people }) => [...approvals.whoMayApprove(id, people)],
    extendApproval: (asked) => approvals.extend(asked),
    withdrawStanding: ({ id }) => approvals.withdrawStanding(id),
    usage: () => {
      const [session] = sessions.values();
      if (!session) throw notEnrolled();
      return session.quota.usage();
    },
  },
  parent.control,
  reportUnexpected,
);

/** How soon after its end a waiting call is told to be over, in milliseconds. It cannot be approved from its end on. */
setInterval(() => void approvals.sweep(), 1000).unref();

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

function notEnrolled(): Fault {
  return new Fault('NOT_ENROLLED', 'No company is enrolled on this device.', 'Start the demo with --demo.');
}
