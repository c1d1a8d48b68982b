import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { canonical } from '../src-shared/canonical.ts';
import type { gatewayHost } from '../src-shared/contract/gateway.ts';
import { worker, type WorkerAnswer } from '../src-shared/contract/worker.ts';
import { asFault, Fault } from '../src-shared/fault.ts';
import type { Binding } from '../src-shared/model/binding.ts';
import type { Deed, Grant } from '../src-shared/model/grant.ts';
import type { InstanceId } from '../src-shared/model/ids.ts';
import { client } from '../src-shared/wire/client.ts';
import type { Client } from '../src-shared/wire/contract.ts';
import type { Port } from '../src-shared/wire/port.ts';
import type { Admitted } from './proofs.ts';

/** What a worker must be found for, and told. */
type Addressed = Pick<Admitted, 'binding' | 'instance' | 'definition' | 'arguments'>;

/** How long a grant may wait for its worker, in milliseconds, beyond the tool's own deadline. */
const grantSpare = 2000;

/** How long a worker may take to start and be linked, in milliseconds. */
const openDeadline = 10_000;

/** The name the supervisor gives the link to a worker, and the key it is found under. */
export const workerLink = ({ tenant, customer, epoch }: Binding, instance: InstanceId): string =>
  `worker:${tenant}/${customer}/${instance}/${epoch}`;

/**
 * The workers linked to this gateway, and the signing of their grants. A worker is found by its whole binding, epoch
 * included, so a call can never reach one that was made for another customer or an earlier switch.
 */
export class Dispatch {
  readonly #workers = new Map<string, Client<typeof worker>>();
  readonly #opening = new Map<string, Promise<void>>();
  readonly #host: Client<typeof gatewayHost>;
  readonly #grantKey: KeyObject;
  readonly #now: () => number;

  constructor(host: Client<typeof gatewayHost>, grantKey: KeyObject, now: () => number) {
    this.#host = host;
    this.#grantKey = grantKey;
    this.#now = now;
  }

  /** Takes over a link to a worker. The supervisor made it, and named it for what the worker is bound to. */
  link(name: string, port: Port): void {
    const linked = client(worker, port);
    this.#workers.set(name, linked);
    port.onClose(() => {
      if (this.#workers.get(name) === linked) this.#workers.delete(name);
    });
  }

  /**
   * Runs an admitted call in its worker.
   * @throws Fault from the worker, WORKER_UNAVAILABLE when there is none and nothing was sent, PORT_CLOSED when the worker dies,
   *   CANCELLED when `signal` aborts, DEADLINE when it does not answer in time
   */
  run(call: Admitted, signal: AbortSignal, deadlineMs: number): Promise<WorkerAnswer> {
    return this.#perform('run', call, { signal, deadlineMs });
  }

  /** Looks up what a call acts on, which nobody has let run yet. Faults as `run`. */
  lookUp(call: Addressed, signal: AbortSignal, deadlineMs: number): Promise<WorkerAnswer> {
    return this.#perform('look-up', call, { signal, deadlineMs });
  }

  async #perform(
    deed: Deed,
    call: Addressed,
    { signal, deadlineMs }: { readonly signal: AbortSignal; readonly deadlineMs: number },
  ): Promise<WorkerAnswer> {
    const name = workerLink(call.binding, call.instance.id);
    if (!this.#workers.has(name)) await unlessAborted(this.#open(name, call), signal);
    if (signal.aborted) throw cancelled();
    const linked = this.#workers.get(name);
    if (!linked) throw unavailable();
    const { definition, arguments: args } = call;
    const granted = { grant: this.#grant(deed, call), tool: definition.name, arguments: args };
    const send = deed === 'run' ? linked.execute : linked.lookUp;
    return send(granted, { signal, deadlineMs }).catch((thrown: unknown) => {
      // It should have answered at its own deadline, so it hangs. The next call asks for a fresh one, which ends this one.
      const isHung = asFault(thrown).code === 'DEADLINE' && this.#workers.get(name) === linked;
      if (isHung) this.#workers.delete(name);
      throw thrown;
    });
  }

  async #open(name: string, { binding, instance }: Addressed): Promise<void> {
    const opening =
      this.#opening.get(name) ??
      this.#host
        .openWorker({ ...binding, instance: instance.id }, { deadlineMs: openDeadline })
        .catch(() => {
          throw unavailable(); // Whatever it was, as a worker that ended at once: it is not what a running call may meet.
        })
        .finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    await opening;
  }

  #grant(deed: Deed, { binding, instance, definition, arguments: args }: Addressed): Grant {
    const claims = {
      id: randomBytes(16).toString('hex'),
      ...binding,
      instance: instance.id,
      tool: definition.name,
      deed,
      argumentsHash: createHash('sha256').update(canonical(args)).digest('hex'),
      expires: this.#now() + definition.limits.deadlineMs + grantSpare,
    };
    return { claims, signature: sign(null, Buffer.from(canonical(claims)), this.#grantKey).toString('base64url') };
  }
}

/** A switch waits for every call of the old customer to land, so a worker that never starts must not hold one in the air. */
async function unlessAborted(opening: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(cancelled());
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await Promise.race([opening, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const unavailable = (): Fault => new Fault('WORKER_UNAVAILABLE', 'The isolated worker could not be started.');
const cancelled = (): Fault => new Fault('CANCELLED', 'The call was cancelled.');
