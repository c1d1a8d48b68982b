import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check } from '../../src-shared/contract/ui.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { VaultContents } from '../../src-shared/model/vault-contents.ts';
import { readFileIfThere } from '../../src-shared/node/atomic-file.ts';
import { whyRefused } from '../../src-shared/node/why-refused.ts';
import { check } from './check.ts';

const { R_OK, W_OK, X_OK } = constants;
const folder = R_OK | W_OK | X_OK;

/** What a start needs of a tenant's folder. What is replaced as a whole need not be written itself. */
const needed: readonly (readonly [name: string, rights: number])[] = [
  ['.', folder],
  ['ledger.db', R_OK | W_OK],
  ['ledger.db-wal', R_OK | W_OK],
  ['ledger.reserve', R_OK | W_OK],
  ['vault', folder],
  ['policies', folder],
  ...['enrolment.json', 'instances.json', 'desk.json', 'tools.json'].map((name) => [name, R_OK] as const),
];

/**
 * Whether this user could use what lies in the home for each company, and whether each vault is one. Looks only: makes and
 * writes nothing, and opens no secret. Whether the seals of a vault are whole, only a start can tell, which has the keys.
 */
export function checkTenantFiles(home: string): Check[] {
  const tenants = join(home, 'tenants');
  try {
    return readdirSync(tenants)
      .sort()
      .flatMap((name) => (TenantId.safeParse(name).success ? checkTenant(join(tenants, name), name) : []));
  } catch (error) {
    if (isAbsent(error)) return [];
    return [check('tenants', refused(`${tenants} cannot be used`, error))];
  }
}

const checkTenant = (path: string, tenant: string): Check[] => [
  checkRights(path, tenant),
  checkVault(join(path, 'vault'), tenant),
];

function checkRights(path: string, tenant: string): Check {
  for (const [name, rights] of needed) {
    const file = join(path, name);
    try {
      accessSync(file, rights);
    } catch (error) {
      if (!isAbsent(error)) return check(`files ${tenant}`, refused(`${file} cannot be used`, error));
    }
  }
  return check(`files ${tenant}`, 'can be read and written');
}

function checkVault(path: string, tenant: string): Check {
  const file = join(path, 'vault.json');
  const name = `vault ${tenant}`;
  const wrong = (what: string) => check(name, { wrong: what, remedy: restore });
  try {
    const text = readFileIfThere(file);
    if (text === undefined) return check(name, 'not made yet');
    const contents = VaultContents.safeParse(parse(text)).data;
    if (!contents) return wrong(`${file} is damaged`);
    if (contents.tenant !== tenant) return wrong(`${file} is of another company`);
    const signed = readFileIfThere(join(path, 'vault.signed'));
    if (contents.v === 2 && !Sealed.safeParse(signed?.trimEnd()).success) {
      return wrong(`${join(path, 'vault.signed')} is missing or damaged`);
    }
    return check(name, 'is one; its seals are checked when Bulkhead starts');
  } catch (error) {
    return check(name, refused(`${file} cannot be read`, error));
  }
}

/** At least a nonce and a tag. */
const Sealed = z.base64().min(40);

const restore =
  'Restore the vault folder from a backup, or move it away to begin a new one: then enter the credentials again.';

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function refused(what: string, error: unknown): { wrong: string; remedy: string } {
  const { why, remedy } = whyRefused(error);
  return { wrong: `${what}: ${why}`, remedy };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
