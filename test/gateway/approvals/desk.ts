// Approvals without a gateway: the test is the AI, the people, the ledger and both clocks.
import { Approvals } from '../../../src-gateway/approvals/approvals.ts';
import type { AskedCall } from '../../../src-gateway/approvals/asked-call.ts';
import type { DecideQuestion } from '../../../src-gateway/policy/policy.ts';
import type { TenantSession } from '../../../src-gateway/tenant-session.ts';
import type { GatewayDraft } from '../../../src-shared/contract/ledger.ts';
import { Fault } from '../../../src-shared/fault.ts';
import type { Approval, StandingTerms } from '../../../src-shared/model/approval.ts';
import type { Binding } from '../../../src-shared/model/binding.ts';
import { identityOf, instanceOf, testNow } from '../enrolment.ts';
import { bindingTo, clientOf } from '../given.ts';
import { openSession } from '../world.ts';

export const minute = 60_000;
export const assistant = clientOf({ id: `client-${'1'.repeat(16)}` });
export const other = clientOf({ id: `client-${'2'.repeat(16)}`, name: 'other' });

const opened = await openSession();

export interface Desk {
  readonly approvals: Approvals;
  readonly entries: GatewayDraft[];
  /** How many waited, each time it was told. */
  readonly told: number[];
  /** Both clocks. */
  readonly time: { clock: number; now: number };
  pass(ms: number): void;
  session: TenantSession;
  /** Who may do what with a call: everybody everything, unless a test says otherwise. */
  may: (right: 'approve' | 'stand', question: DecideQuestion) => boolean;
  /** Why a binding is dead. */
  ended: (caller: string, binding: Binding) => string | undefined;
  /** What the ledger does. */
  record: (draft: GatewayDraft) => Promise<boolean>;
  call(change?: Partial<AskedCall>, args?: Record<string, unknown>): AskedCall;
  /** The one call that waits, as people see it. */
  waiting(): Approval;
  /** A person (their id is their identity here) decides the call that is given, or the one that waits. */
  approve(who: string, approval?: Approval, standing?: StandingTerms): Promise<Approval>;
  deny(who: string, approval?: Approval, reason?: string): Promise<Approval>;
  extend(who: string, approval?: Approval): Promise<Approval>;
}

export function makeDesk(): Desk {
  const entries: GatewayDraft[] = [];
  const told: number[] = [];
  const time = { clock: 1000, now: testNow };
  let ids = 0;
  const policy = {
    ...opened.policy,
    mayDecide: (right: 'approve' | 'stand', question: DecideQuestion) => ({
      isAllowed: desk.may(right, question),
      because: [{ id: `may-${right}`, says: 'People may.' }],
    }),
  };
  const approvals = new Approvals({
    clock: () => time.clock,
    now: () => time.now,
    recorder: {
      record: async (draft) => {
        const isWritten = await desk.record(draft);
        if (isWritten) entries.push(draft);
        return isWritten ? { ok: true, seq: entries.length, ms: 0 } : { ok: false, isAnswered: true };
      },
    },
    randomHex: (bytes) => (bytes === 32 ? 'f'.repeat(64) : (++ids).toString(16).padStart(bytes * 2, '0')),
    session: (tenant) => (tenant === 'msp' ? desk.session : undefined),
    identify: async (_, identity) => {
      if (identity === '') throw new Fault('IDENTITY_INVALID', 'Nobody.');
      return identityOf({ sub: identity, name: identity.toUpperCase() });
    },
    ended: (caller, binding) => desk.ended(caller, binding),
    changed: (pending) => told.push(pending),
  });
  const decide = (decision: 'approve' | 'deny') => (who: string, approval: Approval | undefined, more: object) => {
    const { id, fingerprint } = approval ?? desk.waiting();
    return approvals.decide({ id, fingerprint, identity: who, decision, reason: '', standing: null, ...more });
  };
  const desk: Desk = {
    approvals,
    entries,
    told,
    time,
    pass: (ms) => {
      time.clock += ms;
      time.now += ms;
    },
    session: { ...opened, policy },
    may: () => true,
    ended: () => undefined,
    record: async () => true,
    call: (change = {}, args = {}) => {
      const session = change.session ?? desk.session;
      const definition = session.tools.get('note_add')?.definition;
      const customer = session.customers.get('acme' as never);
      if (!definition || !customer) throw new Error('the fixture changed');
      return {
        session,
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'assistant' },
        app: assistant,
        binding: bindingTo('acme'),
        customer,
        cross: undefined,
        definition,
        instance: instanceOf(),
        owner: '12',
        risk: 'write',
        arguments: { customer: 'ACME-1', id: 1, note: 'hello', ...args },
        because: [{ id: 'writes-ask', says: 'A person approves what is written.' }],
        needed: 1,
        present: undefined,
        ...change,
      };
    },
    waiting: () => {
      const waits = approvals.desk().approvals.filter(({ state }) => state === 'pending');
      if (waits.length !== 1 || !waits[0]) throw new Error(`${waits.length} calls wait`);
      return waits[0];
    },
    approve: (who, approval, standing) => decide('approve')(who, approval, standing ? { standing } : {}),
    deny: (who, approval, reason = '') => decide('deny')(who, approval, { reason }),
    extend: (who, approval) => approvals.extend({ id: (approval ?? desk.waiting()).id, identity: who }),
  };
  return desk;
}

/** A promise that a test settles. */
export const gate = <T>(): PromiseWithResolvers<T> => Promise.withResolvers<T>();
