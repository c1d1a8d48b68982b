import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Port } from '../../src-shared/wire/port.ts';

export const root = resolve(import.meta.dirname, '../..');
export const tenant = TenantId.parse('northway');
export const device = 'laptop-1';

export const draft = (tool: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
  kind: 'call.intent',
  principal: { kind: 'technician', id: 'anna@northway.example', name: 'Anna Berg', client: 'claude-code' },
  customer: 'MERI-7',
  tool,
  connector: 'halopsa',
  risk: 'read',
  params: { customer: 'MERI-7', status: 'open' },
  gates: [
    { gate: 'principal', ok: true, ms: 0.02 },
    { gate: 'tenant', ok: true, ms: 0.01 },
    { gate: 'customer', ok: true, ms: 0.01 },
    { gate: 'entitlement', ok: true, ms: 0.03 },
    { gate: 'policy', ok: true, ms: 0.4 },
    { gate: 'quota', ok: true, ms: 0.01 },
  ],
  policyVersion: 3,
  ...more,
});

/** The real entry under the permissions it is started with, and the supervisor's side of its control port. */
export async function forkLedger(folder: string, { uid }: { uid?: number | undefined } = {}) {
  const child = fork(resolve(root, 'src-ledger/ledger.ts'), [], {
    execArgv: [
      '--permission',
      '--allow-addons',
      '--no-experimental-sqlite',
      '--disable-warning=SecurityWarning',
      `--allow-fs-read=${root}`,
      `--allow-fs-read=${folder}`,
      `--allow-fs-write=${folder}`,
    ],
    env: {},
    ...(uid === undefined ? {} : { uid }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port: Port = {
    post: (message) => void child.send(message as object, () => {}),
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => void child.on('exit', listener),
    close: () => child.disconnect(),
  };
  await once(child, 'spawn');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    child,
    control: client(ledgerControl, port),
    end,
    open: (file: string, readOnly = false) =>
      client(ledgerControl, port).open({ tenant, device, file, signed: null, readOnly }),
  };
}
