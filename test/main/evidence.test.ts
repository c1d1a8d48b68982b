import { beforeEach, describe, expect, it } from 'vitest';
import { type Evidence, makeEvidence } from '../../src-main/app/evidence.ts';
import { recordPolicy } from '../../src-main/app/kept-policies.ts';
import { Fault } from '../../src-shared/fault.ts';
import { PolicyHash } from '../../src-shared/model/ids.ts';
import { policyText } from '../cli/policy-text.ts';
import { never } from '../gateway/given.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';
import { policyWorld } from './policy-world.ts';

const root = 'r'.repeat(44);
const head = { entries: 7, note: `bulkhead/msp/dev\n7\n${root}\n`, isSigned: true };
let world: DeskWorld;
let evidence: Evidence;
beforeEach(() => {
  world = deskWorld({}, { enrolment: { ...deskWorld().facts.tenancy.enrolment, tenantKey: 'key', bundle: 'a.b.c' } });
  Object.assign(world.crew, { checkpoint: async () => head, device: { name: 'dev', key: 'public' } });
  evidence = makeEvidence(world);
});
const begin = (change: object) =>
  evidence.beginExport({ format: 'jsonl', filter: {}, bodies: false, ...change }, never);

describe('beginExport', () => {
  it('is on record before it answers, with the checkpoint it rests on', async () => {
    const filter = { customer: 'ACME-1' };
    expect(await begin({ filter })).toEqual({ ...head, recorded: 1 });
    const checkpoint = { entries: 7, root, isSigned: true };
    expect(world.entries).toEqual([
      {
        kind: 'alert',
        customer: 'ACME-1',
        params: { alert: 'ledger-exported', format: 'jsonl', filter, checkpoint },
      },
    ]);
  });

  it('says on record that bodies leave with it', async () => {
    await begin({ format: 'bundle', bodies: true });
    expect(world.entries).toMatchObject([{ customer: null, params: { format: 'bundle', bodies: true } }]);
  });

  it.each(['jsonl', 'csv'])('refuses bodies in %s', async (format) => {
    await expect(begin({ format, bodies: true })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(world.entries).toEqual([]);
  });

  it('does not answer what it could not record', async () => {
    world.onRecord = () => Promise.reject(new Fault('LEDGER_UNWRITABLE', 'x'));
    await expect(begin({})).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
  });
});

describe('earlierPolicy', () => {
  it('is one that was put in force here, or null where its text is not kept', async () => {
    const before = policyWorld(3);
    await recordPolicy({ ...before, log: () => {} });
    const sha256 = PolicyHash.parse(before.entries[0]?.params?.['sha256']);
    const now = makeEvidence({ ...policyWorld(4), host: before.host });
    expect(await now.earlierPolicy({ sha256 }, never)).toEqual(policyText(3, 'msp'));
    expect(await now.earlierPolicy({ sha256: PolicyHash.parse('0'.repeat(64)) }, never)).toBeNull();
  });
});

describe('policy and deviceKey', () => {
  it('are what an auditor verifies with', async () => {
    expect(await evidence.policy(undefined, never)).toEqual({ version: 3, bundle: 'a.b.c', tenantKey: 'key' });
    expect(await evidence.deviceKey(undefined, never)).toEqual({ name: 'bulkhead/msp/dev', publicKey: 'public' });
  });
});
