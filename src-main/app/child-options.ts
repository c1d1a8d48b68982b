import type { KeystoreChoice } from '../../src-shared/contract/broker.ts';
import type { TenantId } from '../../src-shared/model/ids.ts';
import type { ChildOptions, Host } from '../host.ts';
import { paths } from './paths.ts';

/** What each process is given, side by side: its environment, its files, its memory. What is not here it does not have. */

const nothing = {
  env: {},
  read: [],
  write: [],
  mayLoadAddons: false,
  isConfined: true,
  stdin: 'none',
} as const satisfies Partial<ChildOptions>;

/** The gateway meets hostile input first, so it has the least: no files but the program's, no environment, no addons. */
export const gatewayOptions: ChildOptions = { ...nothing, name: 'gateway', memoryMb: 256 };

/** A worker has no environment, no files and no addons: its vendor's host is all it can reach. */
export const workerOptions: ChildOptions = { ...nothing, name: 'worker', memoryMb: 128 };

/** The demo MSP, which is outside the product's trust, reads its data file and owns a folder. */
export const demoOptions = (dataFile: string, folder: string): ChildOptions => ({
  ...nothing,
  name: 'demo',
  read: [dataFile, folder],
  write: [folder],
  memoryMb: 512,
});

/** The ledger owns its tenant's folder; SQLite is an addon. */
export function ledgerOptions({ files }: Host, tenant: TenantId): ChildOptions {
  files.makeFolder(paths.ledgerFolder(tenant));
  const folder = files.path(paths.ledgerFolder(tenant));
  return { ...nothing, name: 'ledger', read: [folder], write: [folder], mayLoadAddons: true, memoryMb: 256 };
}

/** The broker owns the vault's folder and whatever its keystore needs: a file's folder, or the way to the OS keychain. */
export function brokerOptions(
  { files }: Host,
  tenant: TenantId,
  { keystore, keychain }: { keystore: KeystoreChoice; keychain: Readonly<Record<string, string>> },
): ChildOptions {
  files.makeFolder(paths.vaultFolder(tenant));
  const folder = files.path(paths.vaultFolder(tenant));
  const own = keystore.kind === 'file' ? [folder, parentOf(keystore.path)] : [folder];
  return {
    ...nothing,
    name: 'broker',
    env: keystore.kind === 'os' ? keychain : {},
    read: own,
    write: own,
    mayLoadAddons: true,
    memoryMb: 128,
    stdin: keystore.kind === 'file' ? 'inherit' : 'none',
  };
}

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/'), path.lastIndexOf('\\')));
