/**
 * The keys that bodies are sealed with, open in memory only. The broker makes them: one for each customer at each start and
 * each day, sealed there under the customer's own key. It may be away, locked or slow; then there is no key, and never an error.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';

/** The broker, as far as keys go. Keys are base64 of 32 bytes. */
export interface KeySource {
  makeBodyKey(question: { under: CustomerId | null }): Promise<{ readonly key: string; readonly wrapped: string }>;
  openBodyKey(question: { under: CustomerId | null; wrapped: string }): Promise<{ readonly key: string }>;
}

export interface BodyKey {
  /** In the file. */
  readonly id: number;
  readonly under: CustomerId | null;
  readonly wrapped: string;
  readonly secret: KeyObject;
  /** Days since 1970. */
  readonly day: number;
}

const msOfDay = 86_400_000;
/** Milliseconds after a failure in which the broker is not asked for that key again. */
const pause = 1000;

export class BodyKeys {
  readonly #now: () => number;
  readonly #keys = new Map<CustomerId | null, BodyKey>();
  readonly #asked = new Map<CustomerId | null, Promise<BodyKey | undefined>>();
  readonly #failedAt = new Map<CustomerId | null, number>();
  readonly #forgotten = new WeakSet<BodyKey>();
  #source: KeySource | undefined;
  #nextId: number;
  /** Keys from this one on were made in this life of the process. */
  readonly firstId: number;

  constructor(firstId: number, now: () => number) {
    this.firstId = firstId;
    this.#nextId = firstId;
    this.#now = now;
  }

  /** Who makes keys from now on; undefined while there is nobody. */
  use(source: KeySource | undefined): void {
    this.#source = source;
    this.#failedAt.clear();
  }

  /** The key at hand. One of an earlier day is good until there is another, which is asked for meanwhile. */
  ready(under: CustomerId | null): BodyKey | undefined {
    const key = this.#keys.get(under);
    if (key && key.day !== this.#today()) void this.#ask(under);
    return key;
  }

  /** The key at hand, or a new one; undefined when there is none to be had. Never rejects. */
  async get(under: CustomerId | null): Promise<BodyKey | undefined> {
    return this.ready(under) ?? this.#ask(under);
  }

  /** Whether the last request for a key came to nothing. */
  hasFailed(under: CustomerId | null): boolean {
    return this.#failedAt.has(under);
  }

  /** No body is sealed with what was asked for until now. */
  forget(under: CustomerId | null): void {
    const key = this.#keys.get(under);
    if (key) this.#forgotten.add(key);
    this.#keys.delete(under);
    this.#asked.delete(under);
  }

  isForgotten(key: BodyKey): boolean {
    return this.#forgotten.has(key);
  }

  /** Opens a key that is kept in the file. It is lost when the key it was sealed under is no more, whoever ended that one. */
  async open(under: CustomerId | null, wrapped: string): Promise<KeyObject | 'lost' | 'damaged' | 'locked'> {
    try {
      if (!this.#source) return 'locked';
      return secretOf((await this.#source.openBodyKey({ under, wrapped })).key);
    } catch (error) {
      const code = error instanceof Fault ? error.code : '';
      if (code === 'KEY_DESTROYED') return 'lost';
      return code === 'VAULT_UNREADABLE' ? 'damaged' : 'locked';
    }
  }

  /** One request at a time for each key. */
  #ask(under: CustomerId | null): Promise<BodyKey | undefined> {
    const running = this.#asked.get(under);
    if (running) return running;
    const since = Math.abs(this.#now() - (this.#failedAt.get(under) ?? Number.NEGATIVE_INFINITY));
    const source = this.#source;
    if (!source || since < pause) return Promise.resolve(undefined);
    const asked = this.#make(under, source).then((key) => {
      if (this.#asked.get(under) !== asked) return this.get(under); // Forgotten meanwhile.
      this.#asked.delete(under);
      if (key) {
        this.#keys.set(under, key);
        this.#failedAt.delete(under);
      } else this.#failedAt.set(under, this.#now());
      return key;
    });
    this.#asked.set(under, asked);
    return asked;
  }

  async #make(under: CustomerId | null, source: KeySource): Promise<BodyKey | undefined> {
    try {
      const { key, wrapped } = await source.makeBodyKey({ under });
      return { id: this.#nextId++, under, wrapped, secret: secretOf(key), day: this.#today() };
    } catch {
      return undefined; // Whoever needs it says what that means: a call is refused, a denial has no body.
    }
  }

  #today(): number {
    return Math.floor(this.#now() / msOfDay);
  }
}

function secretOf(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
