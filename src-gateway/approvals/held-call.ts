import type { Approval, ApprovalId, ApprovalOutcome, Decider, Rule } from '../../src-shared/model/approval.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { Principal } from '../../src-shared/model/principal.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import type { Subjects } from '../../src-shared/model/subject.ts';
import { bytesWritten, secretNames, writtenArguments } from '../written-arguments.ts';
import { type AskedCall, callerId } from './asked-call.ts';
import { after, type Moment, shownEnd } from './moment.ts';

/** A call while people may still decide it, and for a while after. */
export interface HeldCall {
  readonly id: ApprovalId;
  readonly fingerprint: string;
  readonly caller: string;
  readonly client: string;
  readonly binding: Binding;
  readonly customer: Customer;
  /** The cross-customer scope it is part of. */
  readonly cross: string | undefined;
  readonly principal: Principal;
  readonly tool: string;
  readonly title: string;
  readonly connector: string;
  readonly risk: Risk;
  /** Without secrets: a person does not see them, and nothing keeps them while it waits. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Which of the arguments are not shown. */
  readonly secrets: readonly string[];
  /** What it acts on; null where that is not known. */
  readonly subjects: Subjects;
  /** Of the arguments that are shown. */
  readonly bytes: number;
  readonly because: readonly Rule[];
  readonly policyVersion: number;
  readonly needed: 1 | 2;
  readonly mayStand: boolean;
  /** Milliseconds it waits for a person, and afterwards to be called again. */
  readonly waits: number;
  readonly askedAt: string;
  /** When the very same call last ran by a person's word. */
  readonly ranAt: string | null;
  readonly settled: PromiseWithResolvers<void>;
  approvedBy: readonly (Decider & { readonly at: string })[];
  /** `asking` until it is on the disk that a person is asked; nobody sees it before. */
  state: 'asking' | 'pending' | ApprovalOutcome;
  ends: Moment;
  endedAt: Moment;
  isUsed: boolean;
  extensions: number;
  repeats: number;
  decided: Approval['decided'];
  /** Whether it is on the disk that people are asked. */
  readonly written: PromiseWithResolvers<boolean>;
  /** Approvals are taken one after the other. */
  deciding: Promise<void>;
}

/** A call as it begins to wait. */
export function hold(
  asked: AskedCall,
  { id, fingerprint, ranAt }: Pick<HeldCall, 'id' | 'fingerprint' | 'ranAt'>,
  moment: Moment,
): HeldCall {
  const { session, app, definition, risk, needed, present } = asked;
  const known = session.tools.get(definition.name);
  const wall = new Date(moment.now).toISOString();
  const waits = session.bundle.policy.approvalMinutes * 60_000;
  return {
    id,
    fingerprint,
    caller: callerId(app),
    client: app === 'operator' ? app : app.name,
    binding: asked.binding,
    customer: asked.customer,
    cross: asked.cross,
    principal: asked.principal,
    tool: definition.name,
    title: definition.title,
    connector: definition.connector,
    risk,
    arguments: writtenArguments(asked.arguments, known),
    secrets: secretNames(asked.arguments, known),
    subjects: asked.subjects ?? null,
    bytes: bytesWritten(asked.arguments, known),
    because: asked.because,
    policyVersion: session.bundle.version,
    needed,
    mayStand: mayStand(asked, moment.now),
    waits,
    askedAt: wall,
    ranAt,
    settled: Promise.withResolvers(),
    approvedBy: present ? [{ ...present, at: wall }] : [],
    state: 'asking',
    ends: after(moment, waits),
    endedAt: moment,
    isUsed: false,
    extensions: 0,
    repeats: 0,
    decided: null,
    written: Promise.withResolvers(),
    deciding: Promise.resolve(),
  };
}

/** One more person approved it. With as many as are needed it may run, if it is called in time. */
export function countYes(
  held: HeldCall,
  { by, reason }: { readonly by: Decider; readonly reason: string },
  moment: Moment,
): void {
  const at = new Date(moment.now).toISOString();
  held.approvedBy = [...held.approvedBy, { ...by, at }];
  if (held.approvedBy.length < held.needed) return;
  held.state = 'approved';
  held.decided = { by, reason, at };
  held.ends = after(moment, held.waits);
  held.settled.resolve();
}

/** Whether calls like it may be approved for a while at all, whoever asks. Policy has its say besides. */
export const canStand = ({ risk, needed }: Pick<HeldCall, 'risk' | 'needed'>): boolean =>
  needed === 1 && risk !== 'destructive';

function mayStand({ session, binding, definition, risk, app, needed }: AskedCall, now: number): boolean {
  if (!canStand({ risk, needed })) return false;
  return session.policy.mayDecide('stand', {
    person: session.person,
    customer: binding.customer,
    tool: definition.name,
    connector: definition.connector,
    risk,
    client: app === 'operator' ? app : app.name,
    isOwn: true,
    now,
  }).isAllowed;
}

/** Until a call does not wait any more, `signal` aborts, or `ms` milliseconds are over. Answers whether it still waits. */
export async function waitsOn(held: HeldCall, signal: AbortSignal, ms: number): Promise<boolean> {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve());
  if (signal.aborted) resolve();
  await Promise.race([held.settled.promise, enough]);
  clearTimeout(timer);
  return held.state === 'pending';
}

/** As the window and the commands are shown it. */
export function viewOf(held: HeldCall, moment: Moment): Approval {
  const { customer, principal, state } = held;
  return {
    id: held.id,
    fingerprint: held.fingerprint,
    customer: { id: customer.id, code: customer.code, name: customer.name },
    epoch: held.binding.epoch,
    client: held.client,
    technician: { id: principal.id, name: principal.name },
    tool: held.tool,
    title: held.title,
    connector: held.connector,
    risk: held.risk,
    arguments: { ...held.arguments },
    secrets: [...held.secrets],
    subjects: held.subjects && [...held.subjects],
    because: [...held.because],
    policyVersion: held.policyVersion,
    needed: held.needed,
    approvedBy: [...held.approvedBy],
    askedAt: held.askedAt,
    expiresAt: shownEnd(held.ends, moment),
    extensions: held.extensions,
    repeats: held.repeats,
    ranAt: held.ranAt,
    mayStand: held.mayStand,
    state: state === 'asking' ? 'pending' : state,
    isUsed: held.isUsed,
    decided: held.decided,
  };
}
