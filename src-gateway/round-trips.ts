// How a client of revision 2026-07-28 waits for a person: its call is answered with "not yet" and a text to come back with
// (basic/patterns/mrtr), and its return is held until people have decided or a while has passed. Nothing is asked of the client
// and nothing it answers is read: the decision is made in Bulkhead (docs/adr/0014).
import { createHmac, randomBytes } from 'node:crypto';
import { canonical } from '../src-shared/canonical.ts';
import { ApprovalId } from '../src-shared/model/approval.ts';
import { isDenied, type ToolAnswer } from '../src-shared/model/tool-answer.ts';
import { sameText } from '../src-shared/same-text.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { Caller, Received } from './proofs.ts';

/** Milliseconds a returning call is held. Clients give one request a minute. */
const holdFor = 25_000;
/** How often a call may come back. Clients give up after ten and then tell nothing useful; ours does before. */
const mostRounds = 8;
/** Calls of one caller that are held at the same time; others are told to come back later. Each holds a connection. */
const mostHeld = 16;

/** What a call is answered with that waits for people: `state` is the text to come back with. */
export interface NotYet {
  readonly state: string;
}

/** The approval a call was told to wait for, and how often it has been. */
interface Told {
  readonly approval: ApprovalId;
  readonly round: number;
}

/**
 * The state a client carries is `approval.round.seal`. It lets nothing run: it only says what its bearer may wait for. The
 * seal is over caller, tool and arguments too, so one caller cannot learn by waiting when another's call is decided. A state
 * that is not sealed for exactly this call is as good as none.
 */
export class RoundTrips {
  readonly #approvals: Pick<Approvals, 'settled'>;
  readonly #key = randomBytes(32);
  readonly #held = new Map<string, number>();

  constructor(approvals: Pick<Approvals, 'settled'>) {
    this.#approvals = approvals;
  }

  /** Answers a call, or says that it waits. `call` makes it, through every gate; `state` is what the client came back with. */
  async answer(
    received: Received,
    { state, signal }: { readonly state: string | undefined; readonly signal: AbortSignal },
    call: () => Promise<ToolAnswer>,
  ): Promise<ToolAnswer | NotYet> {
    const told = this.#read(state, received);
    const isWaiting = told && (await this.#hold(told.approval, received.caller, signal));
    if (told && signal.aborted) return { state: this.#seal(told, received) }; // Nobody hears it, so nothing is done for it.
    if (isWaiting && told.round < mostRounds)
      return { state: this.#seal({ ...told, round: told.round + 1 }, received) };

    const answer = await call();
    if (!isDenied(answer) || answer.code !== 'APPROVAL_PENDING') return answer;
    const approval = ApprovalId.safeParse(answer.approval).data;
    // Told once more in words after the last round, so that a model hears that a person has not decided.
    if (approval === undefined || approval === told?.approval) return answer;
    return { state: this.#seal({ approval, round: 1 }, received) };
  }

  /** Holds a call until its approval is decided or the time is over. Answers whether it still waits; undefined: not held. */
  async #hold(approval: ApprovalId, caller: Caller, signal: AbortSignal): Promise<boolean | undefined> {
    const who = idOf(caller);
    const held = this.#held.get(who) ?? 0;
    if (held >= mostHeld) return undefined;
    this.#held.set(who, held + 1);
    try {
      return await this.#approvals.settled(approval, signal, holdFor);
    } finally {
      const left = (this.#held.get(who) ?? 1) - 1;
      if (left === 0) this.#held.delete(who);
      else this.#held.set(who, left);
    }
  }

  #read(state: string | undefined, received: Received): Told | undefined {
    const [, id, digit] = /^(ap-[0-9a-f]{16})\.([1-9])\.[A-Za-z0-9_-]{43}$/.exec(state ?? '') ?? [];
    if (state === undefined || id === undefined) return undefined;
    const told = { approval: ApprovalId.parse(id), round: Number(digit) };
    return sameText(state, this.#seal(told, received)) ? told : undefined;
  }

  #seal({ approval, round }: Told, { caller, tool, arguments: args }: Received): string {
    const seal = createHmac('sha256', this.#key).update(textOf([approval, round, idOf(caller), tool, args]));
    return `${approval}.${round}.${seal.digest('base64url')}`;
  }
}

const idOf = (caller: Caller): string => (caller.kind === 'client' ? caller.tokenHash : caller.kind);

/** Arguments that have no canonical text are denied at a gate, so no call of theirs ever waits: any fixed text will do. */
function textOf(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    return '';
  }
}
