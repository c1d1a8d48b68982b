import { canonical } from '../../src-shared/canonical.ts';
import type { Decider, StandingApproval, StandingId, StandingTerms } from '../../src-shared/model/approval.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import { type AskedCall, callerId } from './asked-call.ts';
import { canStand, type HeldCall } from './held-call.ts';
import { after, isPast, type Moment, shownEnd } from './moment.ts';

/** Standing approvals at one time. */
const most = 50;

/** How a standing approval ended: by a person or with its binding, or used up or over. */
export interface StandingEnd {
  readonly standing: HeldStanding;
  readonly outcome: 'withdrawn' | 'expired';
  readonly reason: string;
  /** Whose "no" to the call it was given with ended it. */
  readonly by?: Decider;
  /** Who was signed in where they said so. */
  readonly desk?: string;
}

/** A standing approval and what it matches. */
export interface HeldStanding {
  readonly id: StandingId;
  readonly of: HeldCall;
  readonly givenBy: Decider;
  readonly givenAt: string;
  readonly fixed: Readonly<Record<string, unknown>>;
  /** The calls that a person denied, by fingerprint: it covers none of them, however long the "no" itself holds. */
  readonly excluded: Set<string>;
  readonly ends: Moment;
  usesLeft: number;
}

/**
 * What people approved for a while: calls of one tool by one client app for one customer at one epoch, with some arguments
 * fixed, so often and no longer. `ended` hears of each that ends.
 */
export class StandingApprovals {
  readonly #all = new Map<StandingId, HeldStanding>();
  readonly #ended: (end: StandingEnd) => void;

  constructor(ended: (end: StandingEnd) => void) {
    this.#ended = ended;
  }

  /** Why calls like this one cannot be approved for a while on these terms, or undefined when they can. */
  refusal(held: HeldCall, { fixed }: StandingTerms): string | undefined {
    if (held.risk === 'destructive') return 'What destroys is approved one call at a time.';
    if (!canStand(held)) return 'Two persons must approve each of these calls.';
    const unknown = fixed.find((name) => !Object.hasOwn(held.arguments, name) || held.secrets.includes(name));
    if (unknown !== undefined) return `The call has no argument "${unknown.slice(0, 40)}" that could be fixed.`;
    return this.#all.size >= most ? `There are ${most} standing approvals already.` : undefined;
  }

  /** `denied` are the calls that people have denied by now. */
  give(held: HeldCall, given: Given, denied: readonly string[], moment: Moment): void {
    this.#all.set(given.id, standingOf(held, given, denied, moment));
  }

  /** A person denied this very call. */
  exclude(fingerprint: string): void {
    for (const { excluded } of this.#all.values()) excluded.add(fingerprint);
  }

  /** The ledger may have one that was not given after all. */
  withhold(held: HeldCall, given: Given, moment: Moment): void {
    const standing = standingOf(held, given, [], moment);
    this.#ended({ standing, outcome: 'withdrawn', reason: 'It was not given: the call was not approved after all.' });
  }

  /** The one that covers a call: the first given of those that do. */
  covering(asked: AskedCall, fingerprint: string, moment: Moment): HeldStanding | undefined {
    if (!canStand(asked)) return undefined;
    return [...this.#all.values()].find(
      (each) => !each.excluded.has(fingerprint) && !isPast(each.ends, moment) && covers(each, asked),
    );
  }

  /** Takes one use, if there still is one and nobody denied the very call since it was let pass. */
  use(standing: HeldStanding, fingerprint: string, moment: Moment): boolean {
    if (this.#all.get(standing.id) !== standing || isPast(standing.ends, moment)) return false;
    if (standing.excluded.has(fingerprint)) return false;
    standing.usesLeft -= 1;
    if (standing.usesLeft === 0)
      this.#end({ standing, outcome: 'expired', reason: 'It was used as often as it was given for.' });
    return true;
  }

  /** False when there is none of this id. */
  withdraw(id: StandingId, reason: string): boolean {
    const standing = this.#all.get(id);
    if (standing) this.#end({ standing, outcome: 'withdrawn', reason });
    return standing !== undefined;
  }

  /** Those with which one was given that holds yet. */
  calls(): readonly HeldCall[] {
    return [...this.#all.values()].map(({ of }) => of);
  }

  /** Whether one that was given with this call holds yet. */
  isLeftOf(call: HeldCall): boolean {
    return this.#givenWith(call) !== undefined;
  }

  /** A "no" to the call it was given with ends it, whoever gave it. */
  takeBack(call: HeldCall, { by, desk, reason }: TakenBack): void {
    const standing = this.#givenWith(call);
    if (standing) this.#end({ standing, outcome: 'withdrawn', reason: reason || takenBack, by, desk });
  }

  /** Ends what is over, and what `dead` gives a reason for. */
  sweep(moment: Moment, dead: (held: HeldCall) => string | undefined): void {
    for (const standing of this.#all.values()) {
      const why = dead(standing.of);
      if (why !== undefined) this.#end({ standing, outcome: 'withdrawn', reason: why });
      else if (isPast(standing.ends, moment)) this.#end({ standing, outcome: 'expired', reason: 'Its time was over.' });
    }
  }

  views(moment: Moment): StandingApproval[] {
    return [...this.#all.values()].map(({ id, of: held, fixed, usesLeft, givenBy, givenAt, ends }) => ({
      id,
      approval: held.id,
      customer: { id: held.customer.id, code: held.customer.code, name: held.customer.name },
      epoch: held.binding.epoch,
      client: held.client,
      tool: held.tool,
      title: held.title,
      risk: held.risk,
      fixed: { ...fixed },
      free: Object.keys(held.arguments).filter((name) => !Object.hasOwn(fixed, name)),
      usesLeft,
      givenBy,
      givenAt,
      expiresAt: shownEnd(ends, moment),
    }));
  }

  #givenWith(call: HeldCall): HeldStanding | undefined {
    return [...this.#all.values()].find(({ of }) => of === call);
  }

  #end(end: StandingEnd): void {
    this.#all.delete(end.standing.id);
    this.#ended(end);
  }
}

const takenBack = 'The approval it was given with was taken back.';

interface TakenBack {
  readonly by: Decider;
  readonly desk: string;
  /** What they typed. */
  readonly reason: string;
}

interface Given {
  readonly id: StandingId;
  readonly terms: StandingTerms;
  readonly by: Decider;
}

function standingOf(held: HeldCall, { id, terms, by }: Given, denied: readonly string[], moment: Moment): HeldStanding {
  const fixed = picked(held.arguments, [...new Set(terms.fixed)]);
  const ends = after(moment, terms.minutes * 60_000);
  const givenAt = new Date(moment.now).toISOString();
  return { id, of: held, givenBy: by, givenAt, fixed, excluded: new Set(denied), ends, usesLeft: terms.uses };
}

function covers({ of: held, fixed }: HeldStanding, asked: AskedCall): boolean {
  return (
    held.caller === callerId(asked.app) &&
    isSame(held.binding, asked.binding) &&
    held.tool === asked.definition.name &&
    held.risk === asked.risk &&
    held.policyVersion === asked.session.bundle.version &&
    // What the approved call left out, a person has not seen: it may be what makes another call of this one.
    Object.keys(asked.arguments).every((name) => Object.hasOwn(held.arguments, name)) &&
    Object.keys(fixed).every((name) => Object.hasOwn(asked.arguments, name)) &&
    canonical(picked(asked.arguments, Object.keys(fixed))) === canonical(fixed)
  );
}

const isSame = (one: Binding, other: Binding): boolean =>
  one.tenant === other.tenant && one.customer === other.customer && one.epoch === other.epoch;

const picked = (args: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, args[name]]));
