// A worker without its process: bound once for life to one (tenant, customer, instance, epoch), then running granted
// calls; or surveying one instance for the supervisor, once, and never bound. Trusts the supervisor's binding; the
// gateway's calls only as far as their grants prove.
import { createSecretKey, randomBytes } from 'node:crypto';
import type { Credential } from '../src-shared/contract/broker.ts';
import type {
  SurveyBinding,
  worker,
  WorkerAnswer,
  WorkerBinding,
  workerControl,
} from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Handlers } from '../src-shared/wire/contract.ts';
import type { Deed, Grant } from '../src-shared/model/grant.ts';
import type { Tool, WorkerContext } from './define.ts';
import { createEgress, type EgressOptions, egressSettings } from './egress.ts';
import { createGrantCheck, type GrantedCall } from './grant-check.ts';
import { type Keep, keepOwn } from './narrow.ts';
import { survey, type Surveyed } from './survey.ts';
import type { Connector, Place, Powers, ToolCall, Vendor } from './vendor.ts';

export interface WorkerPowers extends Omit<Powers, 'http'> {
  readonly connectors: readonly Connector[];
  /** Asks the broker for the credential of a granted call. */
  readonly lease: (grant: Grant, signal: AbortSignal) => Promise<Credential>;
  /** Asks the broker for the credential of a survey. */
  readonly surveyCredential: (signal: AbortSignal) => Promise<Credential>;
  readonly resolve?: EgressOptions['resolve'];
  /** `keepOwn` unless a vector passes another one, to show that the gateway stands without it. The entry never does. */
  readonly keep?: Keep;
}

export interface BoundWorker {
  readonly control: Handlers<typeof workerControl>;
  readonly gateway: Handlers<typeof worker>;
}

/** Faults of the control side: ALREADY_BOUND, BINDING_INVALID. Of the gateway's: NOT_BOUND, GRANT_REFUSED, CANCELLED. */
export function createWorker(powers: WorkerPowers): BoundWorker {
  let state: 'new' | 'describing' | 'surveying' | Bound = 'new';
  const bound = (): Bound => {
    if (typeof state === 'object') return state;
    throw new Fault('NOT_BOUND', 'This worker is not bound.');
  };
  return {
    control: {
      describe: () => {
        if (state !== 'new' && state !== 'describing') throw alreadyBound();
        state = 'describing';
        return {
          connectors: powers.connectors.map(({ name, title, credentialFields, settings, baseUrlExample, owner }) => ({
            name,
            title,
            credentialFields: [...credentialFields],
            settings: [...settings, ...egressSettings],
            baseUrlExample,
            ownerTitle: owner.title,
            ownerPattern: ownerPatterns[owner.ids].source,
          })),
          tools: powers.connectors.flatMap(({ tools }) => tools.map((tool) => tool.definition())),
        };
      },
      bind: (binding) => {
        if (state !== 'new') throw alreadyBound();
        state = bindFor(binding, powers);
      },
      survey: (binding, signal) => {
        if (state !== 'new') throw alreadyBound();
        state = 'surveying';
        return surveyFor(binding, signal, powers);
      },
    },
    gateway: {
      execute: (call, signal) => perform({ deed: 'run', call, signal }, bound(), powers),
      lookUp: (call, signal) => perform({ deed: 'look-up', call, signal }, bound(), powers),
    },
  };
}

interface Bound {
  readonly binding: WorkerBinding;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly context: WorkerContext;
  readonly checkGrant: ReturnType<typeof createGrantCheck>;
}

function bindFor(binding: WorkerBinding, powers: WorkerPowers): Bound {
  const connector = connectorOf(binding.connector, powers);
  const { settings, owner } = binding;
  if (!ownerPatterns[connector.owner.ids].test(owner)) {
    const words = `The mapping of this customer is not a ${connector.owner.title}.`;
    throw new Fault('BINDING_INVALID', words, 'Correct the mapping in Connectors.');
  }
  const vendor = open(connector, binding, powers);
  return {
    binding,
    tools: new Map(connector.tools.map((tool) => [tool.name, tool])),
    context: {
      owner,
      keep: powers.keep ?? keepOwn,
      settings,
      vendor,
      now: powers.now,
      pageKey: createSecretKey(randomBytes(32)),
    },
    checkGrant: createGrantCheck(binding, powers.now),
  };
}

function connectorOf(name: string, { connectors }: WorkerPowers): Connector {
  const connector = connectors.find((one) => one.name === name);
  if (connector === undefined) throw new Fault('BINDING_INVALID', 'This build has no such connector.');
  return connector;
}

function open(connector: Connector, { baseUrl, settings }: Place, { resolve, now, after }: WorkerPowers): Vendor {
  const http = createEgress({ baseUrl, settings, ...(resolve === undefined ? {} : { resolve }) });
  return connector.open({ baseUrl, settings }, { http, now, after });
}

/** Faults: BINDING_INVALID, and those of the vendor. */
async function surveyFor(binding: SurveyBinding, signal: AbortSignal, powers: WorkerPowers): Promise<Surveyed> {
  const connector = connectorOf(binding.connector, powers);
  const vendor = open(connector, binding, powers);
  const deadlineMs = binding.extent === 'probe' ? probeMs : surveyMs;
  const deadline = { milliseconds: deadlineMs, words: tooLongWords };
  const surveyed = withDeadline(deadline, signal, powers.after, (limited) =>
    survey(connector, vendor, binding.extent, {
      credential: once(powers.surveyCredential),
      signal: limited,
      endsAt: powers.now() + deadlineMs,
      maxBytes: surveyBytes,
      afterwards: '',
    }),
  );
  return surveyed.catch((thrown: unknown) => {
    const isVendors = thrown instanceof Fault && vendorCodes.includes(thrown.code);
    throw isVendors ? new Fault('VENDOR_ERROR', thrown.message) : thrown;
  });
}

/** Asks at most once however often it is needed, and keeps the answer no longer than whoever holds the function. */
function once(lease: ToolCall['credential']): ToolCall['credential'] {
  let leased: Promise<Credential> | undefined;
  return (signal) => (leased ??= lease(signal));
}

interface Granted {
  readonly deed: Deed;
  readonly call: GrantedCall;
  readonly signal: AbortSignal;
}

async function perform({ deed, call, signal }: Granted, bound: Bound, powers: WorkerPowers): Promise<WorkerAnswer> {
  bound.checkGrant(call, deed);
  const tool = bound.tools.get(call.tool);
  if (tool === undefined) return { status: 'denied', code: 'UNKNOWN_TOOL' };
  const input = tool.input.safeParse(call.arguments);
  if (!input.success) return { status: 'denied', code: 'INVALID_ARGUMENTS' };
  if (input.data['customer'] !== bound.binding.customerCode) return { status: 'denied', code: 'CUSTOMER_MISMATCH' };
  const { maxBytes, lookUpMs = 0 } = tool.limits;
  const run = deed === 'run' ? tool.run : tool.lookUp;
  if (run === undefined) return { status: 'ok', records: [], dropped: 0 };
  const deadlineMs = deed === 'run' ? tool.limits.deadlineMs : lookUpMs;
  try {
    const deadline = { milliseconds: deadlineMs, words: `${tooLongWords} ${timedOutWords(tool, deed)}` };
    return await withDeadline(deadline, signal, powers.after, (limited) =>
      run(bound.context, input.data, {
        credential: once((leasing) => powers.lease(call.grant, leasing)),
        signal: limited,
        endsAt: powers.now() + deadlineMs,
        maxBytes,
        afterwards: tool.afterwards,
      }),
    );
  } catch (thrown) {
    const code = thrown instanceof Fault ? denialOf(thrown.code) : undefined;
    if (!(thrown instanceof Fault) || code === undefined) throw thrown;
    const isOutage = thrown.code === 'VENDOR_DOWN' || thrown.code === 'TIMED_OUT';
    const isBusy = thrown.code === 'VENDOR_BUSY';
    const health = { ...(isOutage ? { isOutage } : {}), ...(isBusy ? { isBusy } : {}) };
    return { status: 'denied', code, reason: thrown.message, ...health };
  }
}

/**
 * Runs with a signal that aborts at the deadline or with the caller, and settles then even if something below does not.
 * Nothing new is sent once it has aborted: egress looks first.
 */
async function withDeadline<T>(
  { milliseconds, words }: { readonly milliseconds: number; readonly words: string },
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
  const stop = after(milliseconds, () => end(new Fault('TIMED_OUT', words)));
  caller.addEventListener('abort', cancel, { once: true });
  if (caller.aborted) cancel();
  try {
    return await Promise.race([ended, run(controller.signal)]);
  } finally {
    stop();
    caller.removeEventListener('abort', cancel);
  }
}

const tooLongWords = 'The vendor took too long.';
const timedOutWords = ({ kind, afterwards }: Tool, deed: Deed): string =>
  deed === 'run' && (kind === 'change' || kind === 'set') ? afterwards : 'Nothing was changed.';

/** The faults below that are an expected "no" to whoever called. Their words are ours. */
function denialOf(code: string) {
  if (vendorCodes.includes(code)) return 'VENDOR_ERROR';
  return executionCodes.find((one) => one === code);
}

/** What a caller hears of as VENDOR_ERROR. */
const vendorCodes: readonly string[] = ['VENDOR_DOWN', 'VENDOR_BUSY', 'VENDOR_TOO_LARGE'];

const executionCodes = [
  'CREDENTIAL_UNAVAILABLE',
  'VENDOR_ERROR',
  'OWNERSHIP_UNPROVEN',
  'TIMED_OUT',
  'INVALID_ARGUMENTS',
] as const;
const alreadyBound = (): Fault => new Fault('ALREADY_BOUND', 'A worker is bound once, for life.');

const ownerPatterns = {
  number: /^[1-9][0-9]{0,14}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
} as const;

const probeMs = 15_000;
const surveyMs = 55_000;
const surveyBytes = 8_000_000;
