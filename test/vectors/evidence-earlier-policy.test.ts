// Attack: a bundle that says what was granted in former times, and lies: a text changed, exchanged, left out, put in. Each text comes
// with the key that signed it, so that only the hash in the device's tree ties it to the day on which it was in force.
import { expect, it } from 'vitest';
import {
  type Change,
  changes,
  earlierFile,
  first,
  inForce,
  lineOf,
  linesOf,
  second,
  textOf,
  third,
} from '../cli/earlier-policies.ts';
import { type Evidence, hex, key, makeEvidence } from '../cli/evidence-fixture.ts';
import { policyText } from '../cli/policy-text.ts';

const parts = [
  ['a whole bundle', []],
  ['a part', ['--tool', 'tool_5']],
] as const;

interface Judged {
  readonly ok: boolean;
  readonly firstBad?: { readonly seq: number; readonly what: string; readonly problem: string };
  readonly policies?: { readonly inForce: number; readonly withText: number };
}

/** A bundle of four policies: those of `inForce`, and the one that entry 8 put in force, which is in force at the end. */
async function bundled(more: readonly string[], before = async (evidence: Evidence) => inForce(evidence)) {
  const evidence = await makeEvidence();
  await before(evidence);
  await evidence.record(30);
  await evidence.exportTo('true.tar', '--format', 'bundle', ...more);
  const judged = async (changed: string) => (await evidence.verify(changed, '--key', key)).json as Judged;
  /** The verdict where other lines are there, the manifest made to fit. */
  const withLines = (change: Change) =>
    judged(evidence.tampered('true.tar', earlierFile, (text) => textOf(change(linesOf(text))), true));
  return { evidence, judged, withLines };
}

it.each(parts)('holds the text of each policy that was in force once: %s', async (_, more) => {
  const { evidence, judged } = await bundled(more);
  const lost = { version: 3, sha256: hex(third.bundle), why: 'not kept' };
  expect(linesOf(evidence.textOf('true.tar', earlierFile))).toEqual([lineOf(first), lineOf(second), lost]);
  expect(evidence.textOf('true.tar', 'README.txt')).toContain(earlierFile);
  expect(await judged('true.tar')).toMatchObject({ ok: true, policies: { inForce: 4, withText: 3 } });
  expect((await evidence.told('true.tar', '--key', key)).stdout).toContain(
    'Of 4 policies that were in force 3 are here in the text that the ledger names.',
  );
});

it.each(changes.flatMap(([done, ...rest]) => parts.map(([part, more]) => [part, done, more, ...rest] as const)))(
  'refuses %s in which %s',
  async (_, __, more, bad, change) => {
    const { withLines } = await bundled(more);
    const verdict = await withLines(change);
    expect(verdict).toMatchObject({ ok: false, firstBad: bad });
    expect(verdict.firstBad?.problem).toContain(earlierFile);
    expect(verdict).not.toHaveProperty('policies');
  },
);

it.each([
  ['of another company', policyText(2, 'southway')],
  ['of another version', { ...policyText(2), version: 3 }],
  ['that nobody signed', { ...policyText(2), bundle: policyText(2).bundle.replace(/[^.]*$/, '') }],
  ['of more parts than it may have', { ...policyText(2), bundle: `${policyText(2).bundle}.` }],
])('refuses a text %s, also when the ledger names it', async (_, policy) => {
  const { judged } = await bundled([], ({ apply }) => apply(policy));
  expect(await judged('true.tar')).toMatchObject({ ok: false, firstBad: { seq: 1, what: 'changed' } });
});

it('refuses a bundle without policy.json whose texts end before the one in force', async () => {
  const { evidence, judged } = await bundled([]);
  expect(await judged(evidence.without('true.tar', 'policy.json'))).toMatchObject({
    ok: false,
    firstBad: { seq: 8, what: 'missing' },
  });
});

it('counts what is said not to be kept as not there: that is the word of whoever wrote the bundle', async () => {
  const { withLines } = await bundled([]);
  const silent: Change = (lines) => lines.map(({ version, sha256 }) => ({ version, sha256, why: 'not kept' }));
  expect(await withLines(silent)).toMatchObject({ ok: true, policies: { inForce: 4, withText: 1 } });
});

it.each(parts)('takes a bundle of before, and says that the texts are not there: %s', async (_, more) => {
  const { evidence, judged } = await bundled(more);
  const old = evidence.without('true.tar', earlierFile);
  expect(await judged(old)).toMatchObject({
    ok: true,
    policy: { version: 4, isRecorded: true },
    policies: { inForce: 4, withText: 1 },
  });
  expect((await evidence.told(old, '--key', key)).stdout).toContain(
    'Of 4 policies that were in force 1 is here in the text that the ledger names.',
  );
});

it('has no texts in an export of one customer, and says so', async () => {
  const { evidence, judged } = await bundled(['--customer', 'FERN-2']);
  expect(evidence.textOf('true.tar', 'manifest.json')).not.toContain(earlierFile);
  expect(evidence.textOf('true.tar', 'README.txt')).not.toContain(earlierFile);
  expect(await judged('true.tar')).toMatchObject({ ok: true, policies: { inForce: 4, withText: 0 } });
});

it('refuses a part that keeps back a policy which one of its own entries put in force', async () => {
  const { evidence, judged } = await bundled(['--from', '2020-01-01']);
  expect(await judged('true.tar')).toMatchObject({ ok: true, isComplete: false, policies: { inForce: 4 } });
  const without = (kept: (line: string) => boolean) => (text: string) =>
    textOf(linesOf(text).filter((line) => kept(JSON.stringify(line))));
  const hash = hex(second.bundle);
  const cut = evidence.tampered(
    'true.tar',
    'policies.jsonl',
    without((line) => !line.includes(hash)),
    true,
  );
  const lied = evidence.tampered(
    cut,
    earlierFile,
    without((line) => !line.includes(hash)),
    true,
  );
  expect(await judged(lied)).toMatchObject({ ok: false, firstBad: { what: 'changed' } });
});
