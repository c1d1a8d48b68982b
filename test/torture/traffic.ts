// The client apps: each makes one call after another, of several kinds, whatever happens to the app, and notes what it was told.
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../src-demo/random.ts';
import { mcpClient } from '../flows/mcp.ts';
import { markId, markText } from './marks.ts';

export interface Call {
  readonly mark: number;
  readonly client: string;
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** What the client was told, and when; undefined while it waits. */
  end?: Ended;
}

export interface Ended {
  readonly at: number;
  /** `lost`: the connection ended first. `refused`: something that is no tool result. `hung`: nothing for half a minute. */
  readonly how: 'ok' | 'denied' | 'lost' | 'refused' | 'hung';
  /** The code of a denial, or what came instead of a result. */
  readonly code: string;
  readonly auditRef: string;
}

/** A kind of call. A `denied` one must not reach a vendor, and a `missing` one finds nothing there. */
export interface Kind {
  readonly name: string;
  readonly tool: string;
  readonly weight: number;
  readonly args: (mark: number) => Readonly<Record<string, unknown>>;
}

/** One result of a tool, however it was asked for. */
type Result = { readonly isError: boolean; readonly content: Record<string, unknown> };
export type Ask = (tool: string, args: Record<string, unknown>, signal: AbortSignal) => Promise<Result>;

export interface Caller {
  readonly name: string;
  readonly customer: string;
  readonly kinds: readonly Kind[];
  readonly ask: Ask;
  /** Milliseconds it thinks at most between two calls. */
  readonly thinks: number;
  /** Has a pending call approved, so that it can be made again. */
  readonly approve?: (approval: string) => Promise<void>;
}

/** Milliseconds after which a call that was neither answered nor cut off is a finding. Every deadline lies below. */
const patience = 45_000;
/** How often the same call is made again for an approval. */
const mostAttempts = 5;

export class Traffic {
  readonly #callers: readonly Caller[];
  readonly #random: Random;
  readonly #loops: Promise<void>[] = [];
  /** Calls that nobody has judged yet. Whoever does takes them away. */
  readonly calls: Call[] = [];
  readonly #lastOk = new Map<string, number>();
  #made = 0;
  #isRunning = false;
  #isOver = false;

  constructor(callers: readonly Caller[], random: Random) {
    this.#callers = callers;
    this.#random = random;
  }

  get made(): number {
    return this.#made;
  }

  /** Starts or goes on. */
  run(): void {
    if (this.#loops.length === 0) this.#loops.push(...this.#callers.map((caller) => this.#loop(caller)));
    this.#isRunning = true;
  }

  /** Resolves when no call is under way and none will be until `run`. */
  async rest(): Promise<void> {
    this.#isRunning = false;
    while (this.inFlight().length > 0) await pause(5);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  inFlight(): Call[] {
    return this.calls.filter(({ end }) => end === undefined);
  }

  /** Whether every client app had a good answer to a call it began after this instant. */
  servedSince(at: number): boolean {
    return this.#callers.every(({ name }) => name === 'operator' || (this.#lastOk.get(name) ?? 0) > at);
  }

  async #loop(caller: Caller): Promise<void> {
    while (!this.#isOver) {
      if (!this.#isRunning) {
        await pause(10);
        continue;
      }
      const end = await this.#callWithApproval(caller);
      await pause(end.how === 'lost' || end.how === 'refused' ? 100 : this.#random.whole(0, caller.thinks));
    }
  }

  async #callWithApproval(caller: Caller): Promise<Ended> {
    const mark = ++this.#made;
    const kind = this.#pick(caller.kinds);
    for (let attempt = 1; ; attempt += 1) {
      const { end, approval } = await this.#call(caller, kind, mark);
      if (approval === null || !caller.approve || !this.#isRunning || attempt === mostAttempts) return end;
      await caller.approve(approval).catch(() => {}); // What was to approve it is gone; the next attempt asks anew.
    }
  }

  async #call(caller: Caller, kind: Kind, mark: number): Promise<{ end: Ended; approval: string | null }> {
    const call: Call = { mark, client: caller.name, kind: kind.name, from: Date.now() };
    this.calls.push(call);
    const args = { customer: caller.customer, ...kind.args(mark) };
    const signal = AbortSignal.timeout(patience);
    let approval: string | null = null;
    try {
      const { isError, content } = await caller.ask(kind.tool, args, signal);
      const code = isError ? String(content['code']) : '';
      if (isError && typeof content['approval'] === 'string') approval = content['approval'];
      const how = isError ? 'denied' : 'ok';
      call.end = { at: Date.now(), how, code, auditRef: (content['auditRef'] as string | undefined) ?? '' };
      if (how === 'ok') this.#lastOk.set(caller.name, call.from);
    } catch (thrown) {
      call.end = { at: Date.now(), auditRef: '', ...failure(thrown, signal) };
    }
    return { end: call.end, approval };
  }

  #pick(kinds: readonly Kind[]): Kind {
    let at = this.#random.next() * kinds.reduce((sum, { weight }) => sum + weight, 0);
    return kinds.find(({ weight }) => (at -= weight) < 0) ?? this.#random.pick(kinds);
  }
}

/** A client app over MCP. The address is the app's at that moment. */
export const overMcp =
  (url: string, token: string): Ask =>
  (tool, args, signal) =>
    mcpClient(url, token).call(tool, args, signal);

export const kinds = {
  search: {
    name: 'read',
    tool: 'ticket_search',
    weight: 8,
    args: (mark) => ({ text: markText(mark) }),
  },
  missing: { name: 'read, nothing there', tool: 'ticket_get', weight: 2, args: (mark) => ({ id: markId(mark) }) },
  otherCustomer: {
    name: 'denied at the gates',
    tool: 'ticket_search',
    weight: 1,
    args: (mark) => ({ customer: 'ACME-1', text: markText(mark) }),
  },
  article: { name: 'read, nothing there', tool: 'kb_get', weight: 1, args: (mark) => ({ id: markId(mark) }) },
  product: { name: 'read', tool: 'product_search', weight: 1, args: (mark) => ({ text: markText(mark) }) },
} as const satisfies Record<string, Kind>;

export const note = (ticketId: number): Kind => ({
  name: 'write',
  tool: 'ticket_note_add',
  weight: 4,
  args: (mark) => ({ ticketId, note: `Looked into it. ${markText(mark)}` }),
});

export const reply = (ticketId: number, to: string): Kind => ({
  name: 'approved',
  tool: 'ticket_reply',
  weight: 1,
  args: (mark) => ({ ticketId, to, text: `It works again. ${markText(mark)}` }),
});

function failure(thrown: unknown, signal: AbortSignal): Pick<Ended, 'how' | 'code'> {
  if (signal.aborted) return { how: 'hung', code: '' };
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const isConnection =
    thrown instanceof TypeError || /^(PORT_CLOSED|does not serve)/.test(text) || 'code' in Object(thrown);
  return isConnection ? { how: 'lost', code: '' } : { how: 'refused', code: text };
}
