import type { CustomerId, InstanceId } from '../src-shared/model/ids.ts';
import type { Health as HealthView } from '../src-shared/model/instance.ts';
import type { Time } from './scope.ts';

/** Failures in a row that open the circuit, and how long it then stays open before one call may probe. Milliseconds. */
const failuresToOpen = 5;
const openFor = 15_000;
/** How often it is told that an instance is used. Milliseconds. */
const seenEvery = 1000;

/** A vendor as one customer's calls meet it. */
export interface Line {
  readonly instance: InstanceId;
  readonly customer: CustomerId;
}

interface Circuit {
  failures: number;
  /** When the next probe may go, by the clock that cannot be set; undefined while closed. */
  probeAt: number | undefined;
}

export interface HealthListener {
  readonly health: (told: { instance: InstanceId; health: HealthView }) => void;
  readonly seen: (told: { instance: InstanceId; at: string }) => void;
}

/**
 * Which connector instances answer. Five outages in a row open a circuit; after fifteen seconds one call goes through as a
 * probe, and its outcome closes or re-opens it. Timeouts are outages, what the vendor refuses is none.
 *
 * Each customer has a circuit of its own: an AI that knows how to make a vendor fail must not stop anyone else's work.
 */
export class Health {
  readonly #circuits = new Map<string, Circuit>();
  readonly #time: Time;
  readonly #tell: HealthListener;
  readonly #seen = new Map<InstanceId, number>();
  /** What was told of the instances that are well. */
  readonly #healthy = new Map<InstanceId, string>();

  constructor(time: Time, tell: HealthListener) {
    this.#time = time;
    this.#tell = tell;
  }

  isUsable(line: Line): boolean {
    const probeAt = this.#circuits.get(nameOf(line))?.probeAt;
    return probeAt === undefined || this.#time.clock() >= probeAt;
  }

  /** A call goes out now. While the circuit is open it is the probe, and the others wait for the next turn. */
  attempt(line: Line): void {
    const circuit = this.#circuits.get(nameOf(line));
    const at = this.#time.clock();
    if (circuit?.probeAt !== undefined) circuit.probeAt = at + openFor;
    const { instance } = line;
    if (at - (this.#seen.get(instance) ?? -Infinity) < seenEvery) return;
    this.#seen.set(instance, at);
    this.#tell.seen({ instance, at: this.#at() });
  }

  /** The vendor gave a good answer; `detail` is what a person should know of it nevertheless. */
  succeeded(line: Line, detail = ''): void {
    const { instance } = line;
    this.#circuits.delete(nameOf(line));
    if (this.#healthy.get(instance) === detail) return; // Told already.
    this.#healthy.set(instance, detail);
    this.#tell.health({ instance, health: { state: 'healthy', detail, at: this.#at() } });
  }

  /** The vendor gave no good answer at all. */
  failed(line: Line, detail: string): void {
    const failures = (this.#circuits.get(nameOf(line))?.failures ?? 0) + 1;
    const probeAt = failures >= failuresToOpen ? this.#time.clock() + openFor : undefined;
    this.#circuits.set(nameOf(line), { failures, probeAt });
    this.#complain(line, detail);
  }

  /** The call ended without telling whether the vendor is well: a probe that it was is given back. `detail` is for people. */
  released(line: Line, detail?: string): void {
    const circuit = this.#circuits.get(nameOf(line));
    if (circuit?.probeAt !== undefined) circuit.probeAt = this.#time.clock();
    if (detail !== undefined) this.#complain(line, detail);
  }

  /** Instances were enrolled anew and may be elsewhere now: what was known of them says nothing any more. */
  forget(): void {
    this.#circuits.clear();
    this.#seen.clear();
    this.#healthy.clear();
  }

  #complain({ instance }: Line, detail: string): void {
    this.#healthy.delete(instance);
    this.#tell.health({ instance, health: { state: 'failing', detail, at: this.#at() } });
  }

  #at(): string {
    return new Date(this.#time.now()).toISOString();
  }
}

const nameOf = ({ instance, customer }: Line): string => `${customer}/${instance}`;
