// A bound worker in the test's own process, with the gateway's and the broker's part played by the test.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createWorker, type WorkerPowers } from '../../src-connectors/bound-worker.ts';
import { connectors } from '../../src-connectors/connectors.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { type WorkerAnswer, WorkerBinding } from '../../src-shared/contract/worker.ts';
import { Grant, type GrantClaims } from '../../src-shared/model/grant.ts';

export const credential = { clientId: 'app-guid', clientSecret: 'app-secret' };

export interface BoundOptions {
  readonly url: string;
  /** `halopsa` unless it says so. */
  readonly connector?: string;
  readonly owner?: string;
  readonly now?: () => number;
  readonly after?: WorkerPowers['after'];
  readonly lease?: WorkerPowers['lease'];
  readonly connectors?: WorkerPowers['connectors'];
  readonly settings?: Record<string, string>;
  /** What the broker leases. */
  readonly credential?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Instead of the worker's own judgement of what is the customer's. */
  readonly keep?: WorkerPowers['keep'];
}

export interface Bound {
  call(tool: string, input?: Record<string, unknown>, signal?: AbortSignal): Promise<WorkerAnswer>;
  lookUp(tool: string, input?: Record<string, unknown>, signal?: AbortSignal): Promise<WorkerAnswer>;
  /** Sends a grant as it is, signed or not. */
  send(grant: Grant, tool: string, input: Record<string, unknown>): Promise<WorkerAnswer>;
  sendToLookUp(grant: Grant, tool: string, input: Record<string, unknown>, signal?: AbortSignal): Promise<WorkerAnswer>;
  grant(tool: string, input: Record<string, unknown>, changed?: Partial<GrantClaims>, key?: KeyObject): Grant;
  /** How often the broker was asked. */
  leases(): number;
}

export function bind(options: BoundOptions): Bound {
  const { now = Date.now } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let leases = 0;
  const { control, gateway } = createWorker({
    connectors: options.connectors ?? connectors,
    ...(options.keep === undefined ? {} : { keep: options.keep }),
    now,
    after: options.after ?? realTimer,
    lease: (grant, signal) => {
      leases += 1;
      return options.lease === undefined
        ? Promise.resolve(options.credential ?? credential)
        : options.lease(grant, signal);
    },
    surveyCredential: () => Promise.resolve(options.credential ?? credential),
  });
  void control.bind(bindingFor(options, publicKey), new AbortController().signal);
  const grant: Bound['grant'] = (tool, input, changed = {}, key = privateKey) => {
    const claims = {
      id: randomBytes(16).toString('hex'),
      tenant: 'msp',
      customer: 'acme',
      instance: 'halo',
      epoch: 7,
      tool,
      deed: 'run',
      argumentsHash: createHash('sha256').update(canonical(input)).digest('hex'),
      expires: now() + 30_000,
      ...changed,
    };
    return Grant.parse({ claims, signature: sign(null, Buffer.from(canonical(claims)), key).toString('base64url') });
  };
  const never = new AbortController().signal;
  const send = async (
    one: Grant,
    tool: string,
    input: Record<string, unknown>,
    signal = never,
  ): Promise<WorkerAnswer> => gateway.execute({ grant: one, tool, arguments: input }, signal);
  const sendToLookUp: Bound['sendToLookUp'] = async (one, tool, input, signal = never) =>
    gateway.lookUp({ grant: one, tool, arguments: input }, signal);
  return {
    grant,
    send,
    sendToLookUp,
    lookUp: (tool, input = {}, signal = never) => {
      const given = { customer: 'ACME-1', ...input };
      return sendToLookUp(grant(tool, given, { deed: 'look-up' }), tool, given, signal);
    },
    leases: () => leases,
    call: (tool, input = {}, signal = never) => {
      const given = { customer: 'ACME-1', ...input };
      return send(grant(tool, given), tool, given, signal);
    },
  };
}

export function bindingFor(
  { url, connector = 'halopsa', owner = '12', settings = fastDemo }: BoundOptions,
  key: KeyObject,
): WorkerBinding {
  return WorkerBinding.parse({
    tenant: 'msp',
    customer: 'acme',
    customerCode: 'ACME-1',
    instance: 'halo',
    connector,
    epoch: 7,
    owner,
    baseUrl: url,
    settings,
    grantKey: key.export({ format: 'jwk' }).x,
  });
}

/** A demo vendor on loopback, whose limit the worker does not wait for. */
const fastDemo = { demo: 'true', requestsPerMinute: '600000' };

export const realTimer: WorkerPowers['after'] = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};
