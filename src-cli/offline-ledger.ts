import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ledgerControl, type Verdict } from '../src-shared/contract/ledger.ts';
import { asFault, Fault } from '../src-shared/fault.ts';
import { TenantId } from '../src-shared/model/ids.ts';
import { client } from '../src-shared/wire/client.ts';
import type { Port } from '../src-shared/wire/port.ts';
import type { Program } from './world.ts';

export type TenantVerdict = Verdict & { readonly tenant: string };

/**
 * Verifies every ledger of a home without the app: each in a ledger process of its own that may read one tenant's folder
 * and write nothing. Faults: the ledger's, above all LEDGER_LOCKED; one too damaged to be opened is a verdict.
 */
export async function verifyOffline(program: Program, home: string, signal: AbortSignal): Promise<TenantVerdict[]> {
  const verdicts: TenantVerdict[] = [];
  for (const tenant of tenantsOf(home)) {
    verdicts.push({ tenant, ...(await verifyOne({ program, home, tenant, signal })) });
  }
  return verdicts;
}

interface One {
  readonly program: Program;
  readonly home: string;
  readonly tenant: TenantId;
  readonly signal: AbortSignal;
}

/** The same of one tenant. */
export async function verifyOne({ program, home, tenant, signal }: One): Promise<Verdict> {
  const folder = join(home, 'tenants', tenant);
  const child = startLedger(program, folder);
  const exited = new Promise((resolve) => child.on('exit', resolve).on('error', resolve)); // One that never started has no exit.
  try {
    const ledger = client(ledgerControl, childPort(child));
    // The device's name matters to a writer only; its key is the broker's, so signatures are not looked at here.
    await ledger.open(
      { tenant, file: join(folder, 'ledger.db'), device: 'offline', signed: null, readOnly: true },
      { signal },
    );
    return await ledger.verify(undefined, { signal });
  } catch (thrown) {
    const { code, message } = asFault(thrown);
    if (code === 'LEDGER_DAMAGED') return { ok: false, entries: 0, firstBad: { seq: 0, problem: message } };
    if (code === 'PORT_CLOSED')
      throw new Fault('LEDGER_FAILED', 'The ledger process ended before it answered.', 'Install Bulkhead again.');
    throw thrown;
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

/** The tenants that have a ledger in a home. */
export function tenantsOf(home: string): TenantId[] {
  const folder = join(home, 'tenants');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const tenant = TenantId.safeParse(name);
      return tenant.success && existsSync(join(folder, name, 'ledger.db')) ? [tenant.data] : [];
    });
}

function startLedger({ root, entry }: Program, folder: string): ChildProcess {
  const file = entry('ledger');
  if (!existsSync(file)) throw new Fault('NOT_BUILT', 'Bulkhead is not built.', 'Run: npm run build');
  const child = fork(file, [], {
    cwd: dirname(file),
    env: {},
    execArgv: [
      '--permission',
      '--allow-addons',
      '--no-experimental-sqlite',
      ...[root, folder].flatMap((path) => [`--allow-fs-read=${path}`, `--allow-fs-read=${join(path, '*')}`]),
    ],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return child;
}

function childPort(child: ChildProcess): Port {
  return {
    post: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => void child.on('exit', listener).on('error', listener),
    close: () => void child.kill('SIGKILL'),
  };
}
