import { Fault } from '../../src-shared/fault.ts';
import {
  type Approval,
  type ApprovalDesk,
  ApprovalId,
  type ApprovalOutcome,
  type Decider,
  StandingId,
} from '../../src-shared/model/approval.ts';
import type { IdentityClaims } from '../../src-shared/model/bundle.ts';
import type { TenantId } from '../../src-shared/model/ids.ts';
import { sameText } from '../../src-shared/same-text.ts';
import type { Person } from '../policy/policy.ts';
import { bytesWritten } from '../written-arguments.ts';
import type { ApprovalPowers } from './approval-powers.ts';
import { type AskedCall, callerId, fingerprintOf } from './asked-call.ts';
import type { Claim, Claims } from './claim.ts';
import { askedEntry, decidedEntry, endedEntry, standingEndedEntry } from './entries.ts';
import { countYes, type HeldCall, hold, viewOf, waitsOn } from './held-call.ts';
import { couldApprove, type Decision, mayDecide } from './may-decide.ts';
import { after, isPast, type Moment } from './moment.ts';
import { PastCalls } from './past-calls.ts';
import { Ran } from './ran.ts';
import { Refusals } from './refusals.ts';
import { hasRoom } from './room.ts';
import { type HeldStanding, StandingApprovals } from './standing-approvals.ts';
import { changed, over, standingEnded, unwritable } from './undecided.ts';
import { Writing } from './writing.ts';

/** How often a waiting call may be given its time anew: the least that people may be left with (WCAG 2.2.1). */
const mostExtensions = 10;

/**
 * The calls that wait for people, and what people decided. Everything is in memory: nothing that is stored anywhere can let
 * a call run, and a restart forgets all of it. The AI's side is `claim`; the people's are the others.
 */
export class Approvals implements Claims {
  readonly #powers: ApprovalPowers;
  /** Of the fingerprints, for as long as this lives. */
  readonly #key: string;
  /** Waiting, or approved and not yet used, by what they stand for. At most one for one fingerprint. */
  readonly #live = new Map<string, HeldCall>();
  readonly #past = new PastCalls();
  readonly #refusals = new Refusals();
  readonly #ran = new Ran();
  readonly #standing: StandingApprovals;
  readonly #writing: Writing;

  constructor(powers: ApprovalPowers) {
    this.#powers = powers;
    this.#key = powers.randomHex(32);
    this.#writing = new Writing(powers.recorder);
    this.#standing = new StandingApprovals((end) => {
      void this.#writing.writeEnd(end.standing.of, standingEndedEntry(end));
      this.#tell();
    });
  }

  /** Answers as `claim` would without asking anybody or changing anything: what trying a call shows. */
  readonly look: Claims = {
    claim: async (asked) => {
      if (this.#isOutdated(asked)) return { state: 'changed' };
      const known = this.#known(asked, fingerprintOf(asked, this.#key));
      return known ?? this.#unaskable(asked) ?? { state: 'pending' };
    },
    ran: () => {},
  };

  /** What people say of this exact call. Who has not been asked is asked, once that is on the disk. */
  async claim(asked: AskedCall): Promise<Claim> {
    if (this.#isOutdated(asked)) return { state: 'changed' };
    const fingerprint = fingerprintOf(asked, this.#key);
    const waiting = this.#live.get(fingerprint);
    if (waiting && !this.#endIfDue(waiting) && waiting.needed < asked.needed) {
      this.#end(waiting, 'withdrawn', 'The policy asks for more persons by now.');
    }
    const known = this.#known(asked, fingerprint);
    if (known?.state === 'expired') this.#refusals.told(fingerprint);
    if (known?.state === 'pending') return this.#repeat(fingerprint, known);
    return known ?? this.#unaskable(asked) ?? this.#ask(asked, fingerprint);
  }

  ran(asked: AskedCall): void {
    if (this.#live.size > 0) this.#endTwin(fingerprintOf(asked, this.#key), 'Policy let the call run by then.');
  }

  /** Until a call does not wait any more, `signal` aborts, or `ms` milliseconds are over. Answers whether it still waits. */
  async settled(id: ApprovalId, signal: AbortSignal, ms: number): Promise<boolean> {
    const held = this.#find(id);
    return held !== undefined && waitsOn(held, signal, ms);
  }

  desk(): ApprovalDesk {
    this.#endDue();
    const moment = this.#moment();
    const seen = this.#all().filter(({ state }) => state !== 'asking');
    return {
      approvals: seen.map((held) => viewOf(held, moment)),
      standing: this.#standing.views(moment),
    };
  }

  /**
   * A person's decision. A "yes" counts once it is on the disk, and only if the call still waits then; where that is not sure, the
   * call is withdrawn, for the "yes" may come there yet. A "no" counts at once, also of what was approved and has not run, and it
   * ends what was approved for a while with the call. It does that even where the call itself is over: then the same call is denied
   * from now on.
   * @throws Fault APPROVAL_UNKNOWN, APPROVAL_OVER, APPROVAL_CHANGED, IDENTITY_INVALID, NOT_YOURS, SAME_PERSON,
   *   STANDING_REFUSED, STANDING_ENDED, LEDGER_UNWRITABLE
   */
  async decide(given: Decision): Promise<Approval> {
    const held = this.#pending(given.id, given.decision);
    const person = await this.#powers.identify(held.binding.tenant, given.identity);
    if (given.decision === 'deny') return this.#deny(held, person, given);
    const mine = held.deciding.then(() => this.#approve(held, person, given)); // Of two at once, one goes first.
    held.deciding = mine.then(
      () => {},
      () => {},
    );
    return mine;
  }

  async #deny(held: HeldCall, person: IdentityClaims, given: Decision): Promise<Approval> {
    const judged = this.#judge(held, person, given);
    const { reason } = given;
    if (!this.#isLive(held)) {
      this.#refuse(held);
      this.#endTwin(held.fingerprint, 'A person denied the very same call.');
      this.#standing.takeBack(held, { ...judged, reason });
      throw standingEnded();
    }
    this.#end(held, 'denied', reason, judged.by);
    const entry = decidedEntry(held, { ...judged, outcome: 'denied', reason, standing: undefined });
    const written = this.#writing.writeEnd(held, entry);
    this.#standing.takeBack(held, { ...judged, reason });
    await written;
    return viewOf(held, this.#moment());
  }

  async #approve(held: HeldCall, person: IdentityClaims, decision: Decision): Promise<Approval> {
    const judged = this.#judge(held, person, decision);
    const { reason, standing: terms } = decision;
    const refusal = terms && this.#standing.refusal(held, terms);
    if (refusal) throw new Fault('STANDING_REFUSED', refusal, 'Approve this one call.');

    const { by } = judged;
    const standing = terms && { id: StandingId.parse(`st-${this.#powers.randomHex(8)}`), terms, by };
    const given = standing ? { id: standing.id, ...standing.terms } : undefined;
    const entry = decidedEntry(held, { ...judged, outcome: 'approved', reason, standing: given });
    const isWritten = await this.#writing.write(held, entry);
    try {
      this.#pending(held.id); // Its time may have ended, or its binding, while the entry was written; or somebody denied it.
      if (!isWritten) throw this.#unwritten(held);
    } catch (refused) {
      if (standing) this.#standing.withhold(held, standing, this.#moment());
      throw refused;
    }
    const moment = this.#moment();
    countYes(held, { by, reason }, moment);
    if (standing) this.#standing.give(held, standing, this.#refusals.denied(moment.at), moment);
    this.#tell();
    return viewOf(held, moment);
  }

  #unwritten(held: HeldCall): Fault {
    this.#end(held, 'withdrawn', 'It could not be recorded that it was approved.');
    return unwritable();
  }

  /** By whom a call is decided as they saw it, at whose desk, and the rules that let them. */
  #judge(held: HeldCall, person: IdentityClaims, given: Decision) {
    this.#pending(held.id, given.decision);
    if (!sameText(held.fingerprint, given.fingerprint)) throw changed();
    return { by: { id: person.sub, name: person.name }, ...this.#permit(held, person, given) };
  }

  #permit(held: HeldCall, person: IdentityClaims, given: Parameters<typeof mayDecide>[2]) {
    const session = this.#powers.session(held.binding.tenant);
    if (!session) throw over();
    const because = mayDecide(held, { person, policy: session.policy, now: this.#powers.now() }, given);
    return { desk: session.identity.sub, because };
  }

  /**
   * The ids of those who could approve a call that waits, as policy says now.
   * @throws Fault APPROVAL_UNKNOWN, APPROVAL_OVER
   */
  whoMayApprove(id: ApprovalId, people: readonly Person[]): readonly string[] {
    const held = this.#pending(id);
    const policy = this.#powers.session(held.binding.tenant)?.policy;
    if (!policy) throw over();
    const now = this.#powers.now();
    return people.filter((person) => couldApprove(held, person, { policy, now })).map((person) => person.id);
  }

  /**
   * Its whole waiting time once more, from now: for whoever may decide it.
   * @throws Fault APPROVAL_UNKNOWN, APPROVAL_OVER, IDENTITY_INVALID, NOT_YOURS, EXTENDED_ENOUGH
   */
  async extend({ id, identity }: Pick<Decision, 'id' | 'identity'>): Promise<Approval> {
    const person = await this.#powers.identify(this.#pending(id).binding.tenant, identity);
    const held = this.#pending(id);
    this.#permit(held, person, { decision: 'extend', standing: null });
    if (held.extensions >= mostExtensions) {
      throw new Fault('EXTENDED_ENOUGH', 'Its time was extended as often as may be.', 'Decide it, or let it expire.');
    }
    held.extensions += 1;
    held.ends = after(this.#moment(), held.waits);
    this.#tell();
    return viewOf(held, this.#moment());
  }

  /** @throws Fault STANDING_UNKNOWN */
  withdrawStanding(id: StandingId): void {
    if (this.#standing.withdraw(id, 'Withdrawn at this desk.')) return;
    throw new Fault('STANDING_UNKNOWN', 'There is no such standing approval any more.');
  }

  /** What is enrolled is another: whatever was approved was approved of something else. Resolves when that is recorded. */
  async withdrawAll(tenant: TenantId, reason: string): Promise<void> {
    const isOf = ({ binding }: HeldCall): boolean => binding.tenant === tenant;
    for (const held of this.#live.values()) if (isOf(held)) this.#end(held, 'withdrawn', reason);
    this.#standing.sweep(this.#moment(), (held) => (isOf(held) ? reason : undefined));
    await this.#writing.rest();
  }

  /**
   * Ends what is over and whatever lost its binding, at once; resolves when that is recorded. To be called when bindings
   * change, and every second.
   */
  async sweep(): Promise<void> {
    this.#endDue();
    await this.#writing.pay();
    await this.#writing.rest();
  }

  #endDue(): void {
    const moment = this.#moment();
    for (const held of this.#live.values()) this.#endIfDue(held);
    this.#standing.sweep(moment, ({ caller, binding }) => this.#powers.ended(caller, binding));
    this.#refusals.forget(moment.at);
    this.#past.forget(moment);
  }

  /** What is known of a call before anybody is asked: an approval of it, a "no", a standing approval, or that it waits. */
  #known(asked: AskedCall, fingerprint: string): Claim | undefined {
    const moment = this.#moment();
    const held = this.#live.get(fingerprint);
    if (held?.state === 'approved' && !isPast(held.ends, moment) && held.needed >= asked.needed) {
      return { state: 'approved', approval: held.id, use: () => this.#use(held) };
    }
    const refused = this.#refusals.of(fingerprint, moment.at);
    if (refused?.state === 'denied') return refused;
    const standing = this.#standing.covering(asked, fingerprint, moment);
    if (standing)
      return { state: 'standing', standing: standing.id, use: () => this.#useStanding(standing, fingerprint) };
    return held ? { state: 'pending', approval: held.id } : refused;
  }

  /** Why nobody can be asked at all. */
  #unaskable(asked: AskedCall): Claim | undefined {
    if (this.#writing.isBehind) return { state: 'unrecorded' }; // Or a caller could have more to write than is remembered.
    const bytes = bytesWritten(asked.arguments, asked.session.tools.get(asked.definition.name));
    const caller = callerId(asked.app);
    const waiting = [...this.#live.values()].filter((held) => held.caller === caller);
    return hasRoom(waiting, bytes) && !this.#refusals.isFull(caller) ? undefined : { state: 'full' };
  }

  async #ask(asked: AskedCall, fingerprint: string): Promise<Claim> {
    const moment = this.#moment();
    const id = ApprovalId.parse(`ap-${this.#powers.randomHex(8)}`);
    const held = hold(asked, { id, fingerprint, ranAt: this.#ran.lately(fingerprint, moment) }, moment);
    this.#live.set(held.fingerprint, held);
    const isWritten = await this.#writing.write(held, askedEntry(held));
    held.written.resolve(isWritten);
    if (held.state !== 'asking') return { state: 'changed' }; // Withdrawn while it was written.
    if (!isWritten) {
      this.#live.delete(held.fingerprint);
      void this.#writing.writeEnd(
        held,
        endedEntry(held, 'withdrawn', 'It could not be recorded that people are asked.'),
      );
      return { state: 'unrecorded' };
    }
    held.state = 'pending';
    held.ends = after(this.#moment(), held.waits);
    this.#tell();
    return { state: 'pending', approval: held.id };
  }

  /** The same call again, while it waits. It hears nothing before the first did: what is unrecorded has no reference. */
  async #repeat(fingerprint: string, known: Claim): Promise<Claim> {
    const held = this.#live.get(fingerprint);
    if (!held) return known;
    held.repeats += 1;
    if (!(await held.written.promise)) return { state: 'unrecorded' };
    return this.#live.get(fingerprint) === held ? known : { state: 'changed' };
  }

  /** Takes the one use of an approved call. Nothing between the question and the taking waits, so of two only one gets it. */
  #use(held: HeldCall): boolean {
    if (!this.#isLive(held) || held.state !== 'approved') return false;
    if (this.#endIfDue(held)) return false;
    held.isUsed = true;
    this.#putAway(held);
    this.#ran.add(held.fingerprint, this.#moment());
    this.#tell();
    return true;
  }

  #useStanding(standing: HeldStanding, fingerprint: string): boolean {
    if (this.#powers.ended(standing.of.caller, standing.of.binding) !== undefined) return false;
    if (!this.#standing.use(standing, fingerprint, this.#moment())) return false;
    this.#ran.add(fingerprint, this.#moment());
    this.#endTwin(fingerprint, 'The call ran by a standing approval.');
    this.#tell();
    return true;
  }

  /** A call that ran otherwise, or was denied, does not wait for people any more: a yes to it would let it run after all. */
  #endTwin(fingerprint: string, reason: string): void {
    const held = this.#live.get(fingerprint);
    if (held) this.#end(held, 'withdrawn', reason);
  }

  /** Whether a call that waits, or is approved, is over by now: its time or its binding has ended. Then it ends here. */
  #endIfDue(held: HeldCall): boolean {
    const why = this.#powers.ended(held.caller, held.binding);
    if (why !== undefined) {
      this.#end(held, 'withdrawn', why);
      return true;
    }
    if (held.state === 'asking' || !isPast(held.ends, this.#moment())) return false;
    const isApproved = held.state === 'approved';
    this.#end(held, 'expired', isApproved ? 'It was not called again in time.' : 'Nobody decided in time.');
    return true;
  }

  #end(held: HeldCall, outcome: ApprovalOutcome, reason: string, by: Decider | null = null): void {
    const { at, now } = this.#moment();
    held.state = outcome;
    held.decided = { by, reason, at: new Date(now).toISOString() };
    this.#putAway(held);
    if (outcome === 'denied') this.#refuse(held);
    if (outcome === 'expired') this.#refusals.expire(held.fingerprint, { caller: held.caller, approval: held.id, at });
    if (!by) void this.#writing.writeEnd(held, endedEntry(held, outcome, reason));
    this.#tell();
  }

  /** The very same call is denied from now on, and nothing that was approved for a while by now covers it ever. */
  #refuse({ fingerprint, caller, id }: HeldCall): void {
    this.#refusals.deny(fingerprint, { caller, approval: id, at: this.#powers.clock() });
    this.#standing.exclude(fingerprint);
  }

  #putAway(held: HeldCall): void {
    this.#live.delete(held.fingerprint);
    held.endedAt = this.#moment();
    this.#past.add(held);
    held.settled.resolve();
  }

  #isOutdated({ session, app, binding }: AskedCall): boolean {
    const { session: current, ended } = this.#powers;
    return current(binding.tenant) !== session || ended(callerId(app), binding) !== undefined;
  }

  /** The call of this id while it waits; for a "no" until it runs, and while what was approved for a while with it holds. */
  #pending(id: ApprovalId, decision?: 'approve' | 'deny'): HeldCall {
    const held = this.#find(id);
    if (!held || held.state === 'asking') throw new Fault('APPROVAL_UNKNOWN', 'There is no such call any more.');
    const isLive = this.#isLive(held) && !this.#endIfDue(held);
    if (isLive && (held.state === 'pending' || decision === 'deny')) return held;
    if (decision === 'deny' && this.#standing.isLeftOf(held)) return held;
    throw over();
  }

  #isLive(held: HeldCall): boolean {
    return this.#live.get(held.fingerprint) === held;
  }

  #find(id: ApprovalId): HeldCall | undefined {
    return this.#all().find((held) => held.id === id);
  }

  /** Whatever a person may still say something of: also a call long over, while what was approved for a while with it holds. */
  #all(): readonly HeldCall[] {
    const known = new Set([...this.#past.all, ...this.#live.values()]);
    return [...this.#standing.calls().filter((held) => !known.has(held)), ...known];
  }

  #tell(): void {
    this.#powers.changed([...this.#live.values()].filter(({ state }) => state === 'pending').length);
  }

  #moment(): Moment {
    return { at: this.#powers.clock(), now: this.#powers.now() };
  }
}
