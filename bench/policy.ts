// Gate 5 of a large MSP: what a question costs that was never asked (one to three evaluations, by how many persons it needs), and
// one that was. The floor is Cedar itself, in the same run because these machines are shared and noisy: one evaluation of
// one rule that permits everything, with no more entities than Cedar needs.
import { preparsePolicySet, preparseSchema, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type CallQuestion, loadPolicy } from '../src-gateway/policy/policy.ts';
import { policySchema } from '../src-gateway/policy/schema.ts';
import { Bundle } from '../src-shared/model/bundle.ts';
import type { Risk } from '../src-shared/model/risk.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 2000);
const counts = { policies: 200, customers: 2000, technicians: 200, groups: 40 };
const times = (count: number, each: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => each(at));

/** What the rules of a large MSP are about: most of one class or two, some of every call. */
const scopes = [
  'action == Bulkhead::Action::"read"',
  'action == Bulkhead::Action::"write"',
  'action in [Bulkhead::Action::"read", Bulkhead::Action::"sensitive"]',
  'action == Bulkhead::Action::"external"',
  'action == Bulkhead::Action::"spend"',
  'action in [Bulkhead::Action::"credential", Bulkhead::Action::"destructive"]',
  'action in Bulkhead::Action::"call"',
];

const bundle = makeBundle();
const from = performance.now();
const policy = loadPolicy(bundle);
console.log(
  `${counts.policies} policies, ${counts.customers} customers in ${counts.groups} groups, ${counts.technicians} technicians: loaded in ${(performance.now() - from).toFixed(0)} ms\n`,
);

const kinds: readonly {
  readonly name: string;
  readonly risk: Risk;
  readonly customer: number;
  readonly verdict: string;
}[] = [
  { name: 'runs (one evaluation)', risk: 'read', customer: 7, verdict: 'runs' },
  { name: 'asks one by its class (one)', risk: 'spend', customer: 7, verdict: 'asks' },
  { name: 'asks one by a rule (two)', risk: 'write', customer: 0, verdict: 'asks' },
  { name: 'asks two by a rule (three)', risk: 'sensitive', customer: 0, verdict: 'asks-two' },
  { name: 'denied, whoever approves (one)', risk: 'read', customer: 13, verdict: 'denied' },
  { name: 'denied, persons asked for (three)', risk: 'write', customer: 13, verdict: 'denied' },
];

let asked = 0;
let prepared = false;
const samples = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  take('floor', evaluateFloor);
  for (const { name, risk, customer, verdict } of kinds) {
    asked += 1; // Another tool is another question: there are rules that name one.
    const question = questionOf(risk, customer, round, asked);
    take(`new: ${name}`, () => expectVerdict(question, verdict));
    take('asked before, whatever it was', () => expectVerdict(question, verdict));
  }
}

const floor = quantile('floor', 0.5);
console.log(`${''.padEnd(38)}${['p50 ms', 'p99 ms', 'times of the floor'].map((name) => name.padStart(20)).join('')}`);
for (const name of samples.keys()) {
  const [p50, p99] = [quantile(name, 0.5), quantile(name, 0.99)];
  const row = [p50.toFixed(4), p99.toFixed(4), (p50 / floor).toFixed(2)].map((value) => value.padStart(20)).join('');
  console.log(`${name.padEnd(38)}${row}`);
}
console.log(`\nAim: p50 under 0.3 ms of a call that runs.`);

function take(name: string, deed: () => void): void {
  const start = performance.now();
  deed();
  const spent = performance.now() - start;
  const taken = samples.get(name);
  if (taken) taken.push(spent);
  else samples.set(name, [spent]);
}

function quantile(name: string, share: number): number {
  const sorted = (samples.get(name) ?? []).toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function expectVerdict(question: CallQuestion, verdict: string): void {
  const judged = policy.judge(question).verdict;
  if (judged !== verdict) throw new Error(`${question.risk} of ${question.customer} was judged ${judged}`);
}

function questionOf(risk: Risk, customer: number, round: number, at: number): CallQuestion {
  const technician = round % counts.technicians;
  return {
    person: { id: `technician-${technician}`, roles: ['technician', `desk-${technician % 10}`] },
    customer: (bundle.customers[customer]?.id ?? '') as CallQuestion['customer'],
    tool: `look_${at}`,
    connector: 'halopsa',
    risk,
    client: 'Claude Code',
    isCross: false,
    now: Date.parse('2026-11-20T00:00:00Z') + round * 60_000,
  };
}

/** Customer 0 is regulated, customer 13 is nobody's, and every technician looks after the first ten. */
function makeBundle(): Bundle {
  const customers = times(counts.customers, (at) => `customer-${at}`);
  const groups = times(counts.groups, (at) => `group-${at}`).map((id, at) => ({
    id,
    name: id,
    customers: customers.filter((_, nth) => nth % counts.groups === at),
  }));
  const rules = times(counts.policies - 8, (at) => {
    const scope = `principal in Bulkhead::Role::"desk-${at % 20}", ${scopes[at % scopes.length]}, resource in Bulkhead::Group::"group-${at % counts.groups}"`;
    return at % 3 === 0
      ? `forbid (${scope}) when { context.tool == "tool_${at}" };`
      : `permit (${scope}) when { context.client == "App ${at}" && context.weekday < 6 };`;
  });
  const role = 'principal in Bulkhead::Role::"technician"';
  const regulated = 'resource in Bulkhead::Group::"regulated"';
  const action = (name: string): string => `action == Bulkhead::Action::"${name}"`;
  const policies = {
    ...Object.fromEntries(rules.map((text, at) => [`rule-${at}`, text])),
    read: `permit (${role}, ${action('read')}, resource);`,
    sensitive: `permit (${role}, ${action('sensitive')}, resource);`,
    write: `permit (${role}, ${action('write')}, resource);`,
    spend: `permit (${role}, ${action('spend')}, resource) when { context.approvals >= 1 };`,
    assigned: 'forbid (principal, action in Bulkhead::Action::"call", resource) unless { context.assigned };',
    regulated: `forbid (principal, ${action('write')}, ${regulated}) unless { context.approvals >= 1 };`,
    'four-eyes': `forbid (principal, ${action('sensitive')}, ${regulated}) unless { context.approvals >= 2 };`,
    own: 'forbid (principal, action, resource) unless { resource in principal.tenant };',
  };
  return Bundle.parse({
    v: 1,
    tenant: { id: 'msp', name: 'MSP' },
    version: 1,
    issuedAt: '2026-11-20T00:00:00Z',
    expires: '2027-11-20T00:00:00Z',
    customers: customers.map((id, at) => ({ id, code: `CU-${at}`, name: id, domain: '', aliases: [] })),
    connectors: ['halopsa'],
    policy: {
      policies,
      timeZone: 'Europe/London',
      groups: [...groups, { id: 'regulated', name: 'Regulated', customers: ['customer-0'] }],
      assignments: times(counts.technicians, (at) => `technician-${at}`).map((id, at) => ({
        technicians: [id],
        customers: [...customers.slice(0, 10), ...customers.filter((_, nth) => nth > 20 && nth % 7 === at % 7)],
      })),
    },
    quota: { includedCalls: 1, overage: 'allow' },
    limits: { requestsPerMinute: 1 },
  });
}

function evaluateFloor(): void {
  prepared ||= prepare();
  const uid = (type: string, id: string) => ({ type: `Bulkhead::${type}`, id });
  const [tenant, principal, resource] = [uid('Tenant', 'msp'), uid('Technician', 'amy'), uid('Customer', 'acme')];
  const attrs = { tenant: { __entity: tenant } };
  const answer = statefulIsAuthorized({
    principal,
    action: uid('Action', 'bind'),
    resource,
    context: { assigned: true, weekday: 1, minute: 1 },
    preparsedPolicySetId: 'floor',
    preparsedSchemaName: 'floor',
    validateRequest: true,
    entities: [
      { uid: principal, attrs, parents: [] },
      { uid: resource, attrs, parents: [] },
    ],
  });
  if (answer.type !== 'success' || answer.response.decision !== 'allow') throw new Error('the floor denies');
}

function prepare(): boolean {
  preparsePolicySet('floor', { staticPolicies: { all: 'permit (principal, action, resource);' } });
  preparseSchema('floor', policySchema);
  return true;
}
