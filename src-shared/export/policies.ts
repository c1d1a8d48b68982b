/** The policies that the ledger says were put in force: the entries that say so, and the texts that the company signed. */
import { toHex } from '../merkle/chain.ts';
import type { SignedPolicy } from '../model/bundle.ts';
import { PolicyHash } from '../model/ids.ts';
import { inclusionOf, jsonLines, pagesOf, type Source } from './source.ts';

/** The hash of each text that an entry names, and the version it was put in force as, in the order in which they came. */
export type NamedPolicies = Map<PolicyHash, number>;

/** The entries that put a policy in force, each with its proof, whatever the export leaves out otherwise. Notes what they name. */
export async function* policyLines(source: Source, named: NamedPolicies): AsyncGenerator<string> {
  for await (const page of pagesOf(source, { kinds: ['policy.applied'] })) {
    const entries = page.filter(({ customer, params }) => customer === null && typeof params?.['version'] === 'number');
    for (const { params } of entries) {
      const sha256 = PolicyHash.safeParse(params?.['sha256']);
      if (sha256.success && !named.has(sha256.data)) named.set(sha256.data, params?.['version'] as number);
    }
    const inclusion = await inclusionOf(source, entries);
    yield jsonLines(entries.map((entry, index) => ({ entry, inclusion: inclusion[index] })));
  }
}

/** The text of each policy that was put in force but for the one that is in force still, one at a time: each may be long. */
export async function* earlierPolicyLines(
  { api, within, newSha256 }: Source,
  named: NamedPolicies,
  { bundle: inForce }: SignedPolicy,
): AsyncGenerator<string> {
  const hash = newSha256();
  hash.update(new TextEncoder().encode(inForce));
  const last = toHex(hash.digest());
  for (const [sha256, version] of named) {
    if (sha256 === last) continue;
    const kept = await api.earlierPolicy({ sha256 }, within());
    const { bundle, tenantKey } = kept ?? {};
    yield jsonLines([{ version, sha256, ...(kept ? { bundle, tenantKey } : { why: 'not kept' }) }]);
  }
}
