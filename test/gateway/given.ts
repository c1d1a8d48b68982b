// Plain values the gateway's tests are about: client apps, bindings, calls.
import type { Caller, Received } from '../../src-gateway/proofs.ts';
import { Binding } from '../../src-shared/model/binding.ts';
import { ClientApp } from '../../src-shared/model/client-app.ts';
import { CrossScope } from '../../src-shared/model/cross.ts';
import { TenantId } from '../../src-shared/model/ids.ts';

export const msp = TenantId.parse('msp');

export const hashOf = (digit: string): string => digit.repeat(64);

let lastClient = 0;
export const clientOf = (change: { readonly [K in keyof ClientApp]?: unknown } = {}): ClientApp =>
  ClientApp.parse({
    id: `client-${(++lastClient).toString(16).padStart(16, '0')}`,
    tenant: 'msp',
    name: 'assistant',
    tokenHash: hashOf('a'),
    state: 'armed',
    pin: null,
    armedFor: 'acme',
    addedAt: '2026-11-01T00:00:00.000Z',
    ...change,
  });

export const bindingTo = (customer: string, epoch = 1, tenant = 'msp'): Binding =>
  Binding.parse({ tenant, customer, epoch });

export const caller: Caller = { kind: 'client', tokenHash: hashOf('a') };

export const callOf = (tool = 'ticket_list', args: Record<string, unknown> = {}): Received => ({
  caller,
  tool,
  arguments: { customer: 'ACME-1', ...args },
});

export const never = new AbortController().signal;

/** A cross-customer scope of an app over acme (epoch 11) and zenith (epoch 12), open for an hour around the tests' time. */
export const scopeOf = (app: ClientApp, change: { readonly [K in keyof CrossScope]?: unknown } = {}): CrossScope =>
  CrossScope.parse({
    code: 'CROSS-3',
    app: app.id,
    members: [
      { customer: 'acme', epoch: 11 },
      { customer: 'zenith', epoch: 12 },
    ],
    reason: 'Compare their backups',
    openedBy: 'Amy Kowalski',
    openedAt: '2026-11-21T11:30:00.000Z',
    until: '2026-11-21T12:30:00.000Z',
    ...change,
  });

/** Lets everything that is ready run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
