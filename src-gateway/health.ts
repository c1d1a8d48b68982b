import type { InstanceId } from '../src-shared/model/ids.ts';
import type { Health as HealthView } from '../src-shared/model/instance.ts';

/** Failures in a row that open the circuit, and how long it then stays open before one call may probe. Milliseconds. */
const failuresToOpen = 5;
const openFor = 15_000;

/** How often it is told that an instance is used. Milliseconds. */
const seenEvery = 1000;

interface Circuit {
  failures: number;
  /** When the next probe may go; 0 while closed. */
  probeAt: number;
}

export interface HealthListener {
  readonly health: (told: { instance: InstanceId; health: HealthView }) => void;
  readonly seen: (told: { instance: InstanceId; at: string }) => void;
}

/**
 * Which connector instances answer. Five failures in a row open an instance's circuit; after fifteen seconds one call
 * goes through as a probe, and its outcome closes or re-opens it. Timeouts count as failures, denials do not.
 */
export class Health {
  readonly #circuits = new Map<InstanceId, Circuit>();
  readonly #now: () => number;
  readonly #tell: HealthListener;
  readonly #seen = new Map<InstanceId, number>();

  constructor(now: () => number, tell: HealthListener) {
    this.#now = now;
    this.#tell = tell;
  }

  isUsable(instance: InstanceId): boolean {
    const circuit = this.#circuits.get(instance);
    return !circuit || circuit.probeAt === 0 || this.#now() >= circuit.probeAt;
  }

  /** A call goes out now. While the circuit is open it is the probe, and the others wait for the next turn. */
  attempt(instance: InstanceId): void {
    const circuit = this.#circuits.get(instance);
    if (circuit && circuit.probeAt > 0) circuit.probeAt = this.#now() + openFor;
    if (this.#now() - (this.#seen.get(instance) ?? 0) < seenEvery) return;
    this.#seen.set(instance, this.#now());
    this.#tell.seen({ instance, at: this.#at() });
  }

  succeeded(instance: InstanceId): void {
    const before = this.#circuits.get(instance);
    if (before?.failures === 0) return;
    this.#circuits.set(instance, { failures: 0, probeAt: 0 });
    this.#tell.health({ instance, health: { state: 'healthy', detail: '', at: this.#at() } });
  }

  failed(instance: InstanceId, detail: string): void {
    const failures = (this.#circuits.get(instance)?.failures ?? 0) + 1;
    this.#circuits.set(instance, { failures, probeAt: failures >= failuresToOpen ? this.#now() + openFor : 0 });
    this.#tell.health({ instance, health: { state: 'failing', detail, at: this.#at() } });
  }

  /** Instances were enrolled anew and may be elsewhere now: what was known of them says nothing any more. */
  forget(): void {
    this.#circuits.clear();
    this.#seen.clear();
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }
}
