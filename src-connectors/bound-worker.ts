// A worker without its process: bound once for life to one (tenant, customer, instance, epoch), then running granted
// calls. Trusts the supervisor's binding; the gateway's calls only as far as their grants prove.
import { randomBytes } from 'node:crypto';
import type { worker, WorkerAnswer, WorkerBinding, workerControl } from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Handlers } from '../src-shared/wire/contract.ts';
import type { Tool, ToolContext } from './define.ts';
import { createEgress, type EgressOptions } from './egress.ts';
import { createGrantCheck, type GrantedCall } from './grant-check.ts';
import type { Connector, Powers } from './vendor.ts';

export interface WorkerPowers extends Omit<Powers, 'http'> {
  readonly connectors: readonly Connector[];
  readonly resolve?: EgressOptions['resolve'];
}

export interface BoundWorker {
  readonly control: Handlers<typeof workerControl>;
  readonly gateway: Handlers<typeof worker>;
}

/** Faults of the control side: ALREADY_BOUND, BINDING_INVALID. Of the gateway's: NOT_BOUND, GRANT_REFUSED, CANCELLED. */
export function createWorker(powers: WorkerPowers): BoundWorker {
  let state: 'new' | 'describing' | Bound = 'new';
  return {
    control: {
      describe: () => {
        if (typeof state === 'object') throw alreadyBound();
        state = 'describing';
        return {
          connectors: powers.connectors.map(({ name, title, credentialFields }) => ({
            name,
            title,
            credentialFields: [...credentialFields],
          })),
          tools: powers.connectors.flatMap(({ tools }) => tools.map((tool) => tool.definition())),
        };
      },
      bind: (binding) => {
        if (state !== 'new') throw alreadyBound();
        state = bindFor(binding, powers);
      },
    },
    gateway: {
      execute: (call, signal) => {
        if (typeof state !== 'object') throw new Fault('NOT_BOUND', 'This worker is not bound.');
        return execute(state, call, signal, powers);
      },
    },
  };
}

interface Bound {
  readonly binding: WorkerBinding;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly context: ToolContext;
  readonly checkGrant: (call: GrantedCall) => void;
}

function bindFor(binding: WorkerBinding, powers: WorkerPowers): Bound {
  const connector = powers.connectors.find(({ name }) => name === binding.connector);
  if (connector === undefined) throw new Fault('BINDING_INVALID', 'This build has no such connector.');
  const { baseUrl, settings, owner } = binding;
  const http = createEgress({
    baseUrl,
    settings,
    ...(powers.resolve === undefined ? {} : { resolve: powers.resolve }),
  });
  const vendor = connector.open(binding, { http, lease: powers.lease, now: powers.now, after: powers.after });
  return {
    binding,
    tools: new Map(connector.tools.map((tool) => [tool.name, tool])),
    context: { owner, settings, vendor, pageKey: randomBytes(32) },
    checkGrant: createGrantCheck(binding, powers.now),
  };
}

async function execute(
  bound: Bound,
  call: GrantedCall,
  signal: AbortSignal,
  powers: WorkerPowers,
): Promise<WorkerAnswer> {
  bound.checkGrant(call);
  const tool = bound.tools.get(call.tool);
  if (tool === undefined) return { status: 'denied', code: 'UNKNOWN_TOOL' };
  const input = tool.input.safeParse(call.arguments);
  if (!input.success) return { status: 'denied', code: 'INVALID_ARGUMENTS' };
  if (input.data['customer'] !== bound.binding.customerCode) return { status: 'denied', code: 'CUSTOMER_MISMATCH' };
  const { deadlineMs, maxBytes } = tool.limits;
  try {
    return await withDeadline(deadlineMs, signal, powers.after, (limited) =>
      tool.run(bound.context, input.data, { grant: call.grant, signal: limited, maxBytes }),
    );
  } catch (thrown) {
    if (thrown instanceof Fault && isDenial(thrown.code))
      return { status: 'denied', code: thrown.code, reason: thrown.message };
    throw thrown;
  }
}

/**
 * Runs with a signal that aborts at the deadline or with the caller, and settles then even if something below does not.
 * Nothing new is sent once it has aborted: egress looks first.
 */
async function withDeadline<T>(
  milliseconds: number,
  caller: AbortSignal,
  after: Powers['after'],
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (fault: Fault): void => {
    reject(fault);
    controller.abort();
  };
  const cancel = (): void => end(new Fault('CANCELLED', 'The call was cancelled.'));
  const stop = after(milliseconds, () => end(new Fault('TIMED_OUT', timedOutWords)));
  caller.addEventListener('abort', cancel, { once: true });
  if (caller.aborted) cancel();
  try {
    return await Promise.race([ended, run(controller.signal)]);
  } finally {
    stop();
    caller.removeEventListener('abort', cancel);
  }
}

const timedOutWords = 'The vendor took too long. A write may or may not have happened.';

/** The faults below that are an expected "no" to whoever called. Their words are ours. */
const executionCodes = ['CREDENTIAL_UNAVAILABLE', 'VENDOR_ERROR', 'OWNERSHIP_UNPROVEN', 'TIMED_OUT'] as const;
const isDenial = (code: string): code is (typeof executionCodes)[number] => executionCodes.some((one) => one === code);
const alreadyBound = (): Fault => new Fault('ALREADY_BOUND', 'A worker is bound once, for life.');
