// Attack: a bundle with another policy than the one that was in force. Its key comes with it, so a signature alone says nothing:
// the ledger's own entries have to name it.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Evidence, key, makeEvidence } from '../cli/evidence-fixture.ts';
import { policyText } from '../cli/policy-text.ts';
import { draft } from '../ledger/fork-ledger.ts';

const parts = [
  ['a whole bundle', []],
  ['a part', ['--tool', 'tool_5']],
] as const;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A policy signed by whoever wrote it. */
function forgedPolicy(version: number) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'EdDSA', typ: 'bulkhead-bundle+jwt' })}.${part({ version, tenant: { id: 'northway' } })}`;
  const bundle = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  return { version, bundle, tenantKey: publicKey.export({ format: 'jwk' }).x };
}

async function bundled(more: readonly string[], before: (evidence: Evidence) => Promise<unknown> = async () => {}) {
  const evidence = await makeEvidence();
  await before(evidence);
  await evidence.record(30);
  await evidence.exportTo('true.tar', '--format', 'bundle', ...more);
  /** The verdict on the bundle with these files in place of its own, the manifest made to fit. */
  const judged = async (changes: Readonly<Record<string, (text: string) => string>>) => {
    let name = 'true.tar';
    for (const [part, change] of Object.entries(changes)) name = evidence.tampered(name, part, change, true);
    return (await evidence.verify(name, '--key', key)).json as { ok: boolean };
  };
  expect(await judged({})).toMatchObject({ ok: true });
  return { evidence, judged };
}
const putting = (policy: object) => ({ 'policy.json': () => `${JSON.stringify(policy)}\n` });
const applied = (version: number, bundle: string) =>
  draft('', { kind: 'policy.applied', customer: null, params: { version, sha256: sha256(bundle) } });

it.each(parts)('refuses a policy of which no entry says that it was put in force: %s', async (_, more) => {
  const { judged } = await bundled(more);
  const forged = putting(forgedPolicy(99));
  expect(await judged(forged)).toMatchObject({ ok: false, firstBad: { what: 'changed' } });
  expect(await judged({ ...forged, 'policies.jsonl': () => '' })).toMatchObject({ ok: false });
  expect(await judged({ 'policies.jsonl': () => '' })).toMatchObject({ ok: false });
  expect(await judged(putting(forgedPolicy(4)))).toMatchObject({ ok: false, firstBad: { what: 'changed' } });
});

it.each(parts)('refuses an older policy that was in force once: %s', async (_, more) => {
  const older = policyText(3);
  const { judged } = await bundled(more, ({ ledger }) => ledger.append(applied(3, older.bundle)));
  expect(await judged(putting(older))).toMatchObject({ ok: false, firstBad: { what: 'changed' } });
  const turned = (text: string): string => `${text.trimEnd().split('\n').toReversed().join('\n')}\n`;
  expect(await judged({ ...putting(older), 'policies.jsonl': turned })).toMatchObject({ ok: false });
});

it.each(parts)(
  'refuses one with anything else in it, which some readers would take for the policy: %s',
  async (_, more) => {
    const { judged } = await bundled(more);
    const forged = forgedPolicy(4);
    for (const other of [
      { Bundle: forged.bundle },
      { sha256: sha256(forged.bundle) },
      { why: 'not kept' },
      { '': null },
    ])
      expect(await judged(putting({ ...policyText(4), ...other })), JSON.stringify(other)).toMatchObject({
        ok: false,
        firstBad: { what: 'changed' },
      });
  },
);

it('refuses a whole bundle that leaves out the entry of the newer policy', async () => {
  const older = policyText(3);
  const { judged } = await bundled([], ({ ledger }) => ledger.append(applied(3, older.bundle)));
  const first = (text: string): string => text.slice(0, text.indexOf('\n') + 1);
  expect(await judged({ ...putting(older), 'policies.jsonl': first })).toMatchObject({
    ok: false,
    firstBad: { what: 'changed' },
  });
});

it.each([
  ['call.intent', null],
  ['policy.applied', 'MERI-7'],
] as const)('takes no other entry for one that put a policy in force: %s of %s', async (kind, customer) => {
  const forged = forgedPolicy(99);
  const params = { version: 99, sha256: sha256(forged.bundle) };
  const evidence = await makeEvidence();
  await evidence.record(30);
  const { seq } = await evidence.ledger.append(draft('tool_5', { kind, customer, params }));
  await evidence.exportTo('true.tar', '--format', 'bundle', '--tool', 'tool_5');
  const lines = (name: string) => evidence.textOf('true.tar', name).trimEnd().split('\n');
  const entry = JSON.parse(lines('entries.jsonl').at(-1)!) as { seq: number };
  const { inclusion } = JSON.parse(lines('proofs.jsonl').at(-1)!) as { inclusion: string[] };
  expect(entry.seq).toBe(seq);
  const put = evidence.tampered('true.tar', 'policy.json', () => `${JSON.stringify(forged)}\n`, true);
  const line = `${JSON.stringify({ entry, inclusion })}\n`;
  const both = evidence.tampered(put, 'policies.jsonl', (text) => text + line, true);
  expect((await evidence.verify(both, '--key', key)).json).toMatchObject({ ok: false, firstBad: { what: 'inserted' } });
});

it('says that the key of a policy came with it', async () => {
  const { evidence } = await bundled([]);
  const { stdout } = await evidence.told('true.tar', '--key', key);
  expect(stdout).toMatch(/policy .* key that came with it/i);
});
