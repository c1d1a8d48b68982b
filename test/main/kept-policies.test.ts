import { beforeEach, describe, expect, it } from 'vitest';
import { keptPolicy, recordPolicy } from '../../src-main/app/kept-policies.ts';
import { PolicyHash } from '../../src-shared/model/ids.ts';
import { policyText } from '../cli/policy-text.ts';
import type { DeskWorld } from './desk-of.ts';
import { diskFull } from './fake-host.ts';
import { policyWorld } from './policy-world.ts';

const logged: unknown[] = [];
const log = (...words: unknown[]): void => void logged.push(words);
let world: DeskWorld;
beforeEach(() => {
  logged.length = 0;
  world = policyWorld();
});

const sha256 = (text: string): PolicyHash => PolicyHash.parse(world.host.sha256Hex(text));
const pathOf = (text: string): string => `tenants/msp/policies/${sha256(text)}.json`;
const record = () => recordPolicy({ ...world, log });
const kept = (text: string) => keptPolicy(world.host, world.facts.tenant, sha256(text));
const put = (text: string, file: unknown): void =>
  void world.host.files.texts.set(pathOf(text), `${JSON.stringify(file)}\n`);

describe('recordPolicy', () => {
  const { bundle } = policyText(4, 'msp');

  it('keeps the signed text under its hash before the ledger says that it is in force', async () => {
    await record();
    expect(world.deeds).toEqual(['write', 'policy.applied']);
    expect(world.entries).toEqual([
      { kind: 'policy.applied', customer: null, params: { version: 4, sha256: sha256(bundle) } },
    ]);
    expect(JSON.parse(world.host.files.texts.get(pathOf(bundle))!)).toEqual(policyText(4, 'msp'));
  });

  it('writes no text twice, and mends one that was changed', async () => {
    await record();
    await record();
    expect(world.deeds).toEqual(['write', 'policy.applied', 'policy.applied']);
    put(bundle, {});
    await record();
    expect(await kept(bundle)).toEqual(policyText(4, 'msp'));
  });

  it('writes anew what is there and cannot be read', async () => {
    Object.assign(world.host.files, { read: diskFull });
    await record();
    expect(world.deeds).toEqual(['write', 'policy.applied']);
  });

  it('goes on where it cannot be written, and says so in the log', async () => {
    world.onWrite = diskFull;
    await record();
    expect(world.deeds).toEqual(['policy.applied']);
    expect(logged).toEqual([['warn', 'policy.unkept', { version: 4, fault: 'HOME_UNUSABLE' }]]);
  });

  it('keeps at the next start what it could not', async () => {
    world.onWrite = diskFull;
    await record();
    expect(await kept(bundle)).toBeUndefined();
    world.onWrite = () => {};
    await record();
    expect(await kept(bundle)).toEqual(policyText(4, 'msp'));
  });
});

describe('keptPolicy', () => {
  const policy = policyText(3, 'msp');

  it('is a policy of before with the key that signed it', async () => {
    put(policy.bundle, policy);
    expect(await kept(policy.bundle)).toEqual(policy);
    expect(await kept(policyText(2, 'msp').bundle)).toBeUndefined();
  });

  it.each([
    ['another policy', policyText(2, 'msp')],
    ['a changed text', { ...policy, bundle: policy.bundle.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) }],
    ['another version', { ...policy, version: 4 }],
    ['another key', { ...policy, tenantKey: Buffer.alloc(32, 9).toString('base64url') }],
    ['no key', { ...policy, tenantKey: 'x'.repeat(43) }],
    ['more than it should', { ...policy, more: 1 }],
    ['nothing', null],
  ])('is never a file that holds %s', async (_, file) => {
    put(policy.bundle, file);
    expect(await kept(policy.bundle)).toBeUndefined();
  });

  it('is never of another company, whoever signed it', async () => {
    const other = policyText(3, 'other');
    put(other.bundle, other);
    expect(await kept(other.bundle)).toBeUndefined();
  });

  it('is never a file that is not JSON, too long to look at, or not to be read', async () => {
    world.host.files.texts.set(pathOf(policy.bundle), 'x');
    expect(await kept(policy.bundle)).toBeUndefined();
    world.host.files.texts.set(pathOf(policy.bundle), `${JSON.stringify(policy)}${' '.repeat(8 * 1024 * 1024)}`);
    expect(await kept(policy.bundle)).toBeUndefined();
    put(policy.bundle, policy);
    expect(await kept(policy.bundle)).toEqual(policy);
    Object.assign(world.host.files, { read: diskFull });
    expect(await kept(policy.bundle)).toBeUndefined();
  });
});
