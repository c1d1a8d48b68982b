import { asFault, Fault } from '../../src-shared/fault.ts';
import type { Child, ChildOptions, Host } from '../host.ts';
import type { Log } from './log.ts';

/** Milliseconds before the first restart; doubled each time, up to the longest, and forgotten after a quiet spell. */
const firstBackoff = 100;
const longestBackoff = 5000;
const quietSpell = 30_000;

export interface MemberOptions {
  readonly host: Pick<Host, 'spawn' | 'now'>;
  readonly log: Log;
  readonly child: () => ChildOptions;
  /** Brings a fresh process to where it serves. Runs at every start; a throw ends that process and counts as a crash. */
  readonly setUp: (child: Child) => Promise<void>;
  /** Milliseconds `setUp` may take, or null where a person may be typing. */
  readonly setUpDeadline: number | null;
  /** The process serves and counts as up. Never rejects; the first start waits for it. */
  readonly onUp: () => Promise<void>;
  /** The process is gone; nothing may be sent to it any more. */
  readonly onDown: () => void;
  readonly onChange: () => void;
}

/** A process that is kept running: started, watched, started again with backoff, and ended on request. */
export class Member {
  readonly #options: MemberOptions;
  #child: Child | undefined;
  #state: 'up' | 'starting' | 'down' = 'down';
  #restarts = 0;
  #backoff = firstBackoff;
  #isStopping = false;
  #watching: Promise<void> = Promise.resolve();
  #problem: Fault | undefined;
  #wake: (() => void) | undefined;
  /** Whoever waits for the process to be up. */
  #waiting: (() => void)[] = [];

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  /** The running process, only while it is set up. */
  get child(): Child | undefined {
    return this.#state === 'up' ? this.#child : undefined;
  }

  /** Why the process is not up, when setting it up failed. */
  get problem(): Fault | undefined {
    return this.#problem;
  }

  view(): { pid: number | null; restarts: number; state: 'up' | 'starting' | 'down' } {
    return { pid: this.#child?.pid ?? null, restarts: this.#restarts, state: this.#state };
  }

  /** The first start. A process that cannot even be set up once is the caller's to report: nothing keeps trying. */
  async start(): Promise<void> {
    const child = await this.#launch();
    this.#watching = this.#watch(child);
  }

  /** Resolves when the process is up, now or after a restart. Never rejects: the caller has a deadline of its own. */
  up(): Promise<void> {
    if (this.#state === 'up') return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake?.();
    this.#child?.kill();
    await this.#watching;
  }

  async #launch(): Promise<Child> {
    const { host, log, setUp, setUpDeadline, onUp, onDown } = this.#options;
    this.#set('starting');
    const child = await host.spawn(this.#options.child());
    this.#child = child;
    if (this.#isStopping) child.kill(); // `stop` could not see it while it was being spawned.
    let isSlow = false;
    const end = (): void => {
      isSlow = true;
      child.kill();
    };
    const timer = setUpDeadline === null ? undefined : setTimeout(end, setUpDeadline);
    try {
      const ended = child.exited.then(() => Promise.reject(isSlow ? tooSlow(child) : endedWhileStarting(child)));
      await Promise.race([setUp(child), ended]);
    } catch (thrown) {
      this.#problem = asFault(thrown);
      child.kill();
      const { code, signal, lastWords } = await child.exited;
      log('error', 'process.failed', { name: child.name, fault: this.#problem.code, code, signal, lastWords });
      this.#set('down');
      onDown();
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
    this.#problem = undefined;
    this.#set('up');
    await onUp();
    return child;
  }

  async #watch(first: Child): Promise<void> {
    let child: Child | undefined = first;
    for (;;) {
      if (child) {
        const since = this.#options.host.now();
        const { code, signal, lastWords } = await child.exited;
        this.#set('down');
        this.#options.onDown();
        if (this.#isStopping) return;
        this.#options.log('error', 'process.ended', { name: child.name, code, signal, lastWords });
        if (this.#options.host.now() - since > quietSpell) this.#backoff = firstBackoff;
      }
      if (this.#isStopping) return;
      await this.#pause();
      if (this.#isStopping) return;
      this.#restarts += 1;
      child = await this.#launch().catch(() => undefined);
    }
  }

  async #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, this.#backoff);
    this.#backoff = Math.min(longestBackoff, this.#backoff * 2);
    await promise;
    clearTimeout(timer);
  }

  #set(state: 'up' | 'starting' | 'down'): void {
    this.#state = state;
    if (state === 'up') for (const resolve of this.#waiting.splice(0)) resolve();
    this.#options.onChange();
  }
}

const endedWhileStarting = ({ name }: Child): Fault =>
  new Fault(
    'PROCESS_ENDED',
    `The ${name} process ended while it started.`,
    'Look at logs/bulkhead.log in the home folder.',
  );

const tooSlow = ({ name }: Child): Fault =>
  new Fault(
    'PROCESS_SLOW',
    `The ${name} process did not start in time.`,
    'Look at logs/bulkhead.log in the home folder.',
  );
