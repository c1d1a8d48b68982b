import type { Caller } from './proofs.ts';

/** Streams one caller may hold open: an app that lost one opens another, and none may take every connection there is. */
const mostOfOne = 4;

/**
 * The streams on which client apps wait for news. One stays open for hours, so who may hear is asked again at each piece
 * of news and not only when it began: a revoked app must not go on hearing when the technician switches.
 */
export class Streams {
  /** The requests are held here because one that is garbage does not hear its signal any more (undici keeps it weakly). */
  readonly #open = new Map<AbortController, { readonly caller: Caller; readonly request: Request }>();

  /** The request with a signal that also ends its stream from here. */
  begin(request: Request, caller: Caller): Request {
    const controller = new AbortController();
    const own = [...this.#open].filter(([, other]) => isSame(other.caller, caller));
    for (const [oldest] of own.slice(0, Math.max(0, own.length + 1 - mostOfOne))) oldest.abort();
    const held = new Request(request, { signal: controller.signal });
    this.#open.set(controller, { caller, request: held });
    const end = (): void => controller.abort();
    controller.signal.addEventListener('abort', () => this.#open.delete(controller));
    request.signal.addEventListener('abort', end, { once: true }); // It went away.
    if (request.signal.aborted) end();
    return held;
  }

  /** Ends the streams of callers who may not hear any more. */
  async endUnless(mayHear: (caller: Caller) => Promise<boolean>): Promise<void> {
    for (const [controller, { caller }] of this.#open) {
      if (!(await mayHear(caller))) controller.abort();
    }
  }
}

const isSame = (one: Caller, other: Caller): boolean =>
  one.kind === 'client' && other.kind === 'client' && one.tokenHash === other.tokenHash;
