// A gateway without its process whose policy asks people: two customers, two client apps of AIs, three technicians. Every call
// goes through all gates; what an attacker tries is tried on those.
import { callTool } from '../../src-gateway/call-tool.ts';
import type { Approval, StandingTerms } from '../../src-shared/model/approval.ts';
import type { ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import { bundleOf, identityOf, testTools, toolOf } from '../gateway/enrolment.ts';
import { bindingTo, clientOf, hashOf, msp, never } from '../gateway/given.ts';
import { issuer, makeWorld, okAnswer, type World } from '../gateway/world.ts';

const technician = 'principal in Bulkhead::Role::"technician"';
const policies = {
  reads: `permit (principal, action == Bulkhead::Action::"read", resource) when { ${technician} };`,
  'writes-ask': `@says("A person approves what is written.")
    permit (principal, action == Bulkhead::Action::"write", resource) when { ${technician} && context.approvals >= 1 };`,
  'destroying-asks-two': `@says("Two persons approve what destroys.")
    permit (principal, action == Bulkhead::Action::"destructive", resource)
    when { ${technician} && context.approvals >= 2 };`,
  approving: `permit (principal, action == Bulkhead::Action::"approve", resource) when { ${technician} };`,
  'a-while': `permit (principal, action == Bulkhead::Action::"stand", resource) when { ${technician} };`,
};

export const minute = 60_000;
const assistant = clientOf({ id: `client-${'1'.repeat(16)}` });
const other = clientOf({ id: `client-${'2'.repeat(16)}`, name: 'other', tokenHash: hashOf('b') });

export interface Attacked {
  readonly world: World;
  /** An AI's call; of the other client app with `other`. */
  call(
    args?: Record<string, unknown>,
    change?: { tool?: string; other?: boolean; by?: 'operator' },
  ): Promise<ToolAnswer>;
  /** Binds a customer at an epoch, for both apps, as the supervisor does. */
  bind(customer: 'acme' | 'zenith', epoch: number): Promise<void>;
  waiting(): readonly Approval[];
  approve(who: string, approval?: Approval, standing?: StandingTerms): Promise<Approval>;
  deny(who: string, approval?: Approval): Promise<Approval>;
  pass(ms: number): void;
  /** How many calls reached a worker. */
  ran(): number;
}

/** A person's identity, signed by their company. */
export const identity = (sub: string, change: object = {}): Promise<string> =>
  issuer.sign(identityOf({ sub, name: sub, ...change }), 'bulkhead-identity+jwt');

/** `signedIn` changes who is at the desk. */
export async function attackedDesk(signedIn: object = {}): Promise<Attacked> {
  const enrolment = await issuer.enrol({ bundle: bundleOf({ policy: { policies } }), identity: signedIn });
  const changing = toolOf('record_change', 'one', 'write');
  const named = { ...changing, limits: { ...changing.limits, lookUpMs: 50 } };
  const tools = [...testTools, toolOf('note_remove', 'one', 'destructive'), named];
  const world = await makeWorld({ enrolment, tools });
  world.worker = async (call) => okAnswer([call.owner, 1]);
  const bind: Attacked['bind'] = async (customer, epoch) => {
    await world.scope.replace(msp, [assistant, other], bindingTo(customer, epoch));
    void world.approvals.sweep();
  };
  await bind('acme', 1);
  const waiting = () => world.approvals.desk().approvals.filter(({ state }) => state === 'pending');
  const decide = async (decision: 'approve' | 'deny', who: string, given?: Approval, standing?: StandingTerms) => {
    const approval = given ?? waiting()[0];
    if (!approval) throw new Error('no call waits');
    const { id, fingerprint } = approval;
    const jws = await identity(who);
    return world.approvals.decide({ id, fingerprint, identity: jws, decision, reason: '', standing: standing ?? null });
  };
  return {
    world,
    call: (args = {}, { tool = 'note_add', other: isOther = false, by } = {}) =>
      callTool(
        {
          caller:
            by === 'operator' ? { kind: by, tenant: msp } : { kind: 'client', tokenHash: hashOf(isOther ? 'b' : 'a') },
          tool,
          arguments: { customer: 'ACME-1', id: 1, note: 'hello', ...args },
        },
        world.powers,
        never,
      ),
    bind,
    waiting,
    approve: (who, approval, standing) => decide('approve', who, approval, standing),
    deny: (who, approval) => decide('deny', who, approval),
    pass: (ms) => {
      world.clock += ms;
      world.now += ms;
    },
    ran: () => world.dispatched.length,
  };
}
