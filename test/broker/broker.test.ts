import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TenantId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { type ForkedBroker, forkBroker } from './fork-broker.ts';
import { codeOf, credential, halo, harbor, hudu, makeGateway, makeGrant, meridian, secret, tenant } from './keys.ts';

const gateway = makeGateway();
let broker: ForkedBroker;
beforeEach(() => {
  broker = forkBroker();
});
afterEach(() => broker.end());

/** The broker's clock is the real one. */
const soon = () => Date.now() + 30_000;
const grantFor = (change: Record<string, unknown> = {}, by = gateway) => makeGrant(by, { expires: soon(), ...change });
const admission = (link: string) => ({ link, tenant, customer: meridian, instance: halo, epoch: 3 });

async function opened(kind: 'memory' | 'file' = 'memory') {
  const keystore = kind === 'memory' ? { kind } : { kind, path: join(broker.folder, 'keys.json') };
  const identity = await broker.control.open({ tenant, keystore, vaultFile: broker.vaultFile });
  await broker.control.trustGateway({ grantKey: gateway.grantKey });
  return identity;
}

async function stored() {
  const { sealKey } = await opened();
  const box = await seal(JSON.stringify(credential), sealKey, `${tenant}/${halo}`);
  const answer = await broker.control.storeCredential({ instance: halo, customers: [meridian, harbor], box });
  expect(answer).toEqual({ fields: ['clientId', 'clientSecret'] });
}

describe('broker, as its own process', () => {
  it('leases to an admitted worker, once for each grant, and writes nothing with keys in memory', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    const grant = grantFor();
    expect(await worker.lease({ grant })).toEqual({ credential });
    expect(await codeOf(() => worker.lease({ grant }))).toBe('GRANT_REFUSED');
    expect(await worker.lease({ grant: grantFor() })).toEqual({ credential });
    expect(readdirSync(broker.folder).filter((name) => !name.endsWith('.sock'))).toEqual([]);
  });

  it('answers every refusal without a secret', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    let received = '';
    worker.socket.on('data', (chunk) => (received += String(chunk)));
    const good = grantFor();
    const refused = [
      grantFor({ customer: harbor }),
      grantFor({ instance: 'hudu' }),
      grantFor({ tenant: 'southwind' }),
      grantFor({ epoch: 2 }),
      grantFor({ epoch: 4 }),
      grantFor({ expires: Date.now() - 1 }),
      grantFor({}, makeGateway()),
      { ...good, signature: 'A'.repeat(86) },
      { ...good, claims: { ...good.claims, customer: harbor } },
    ];
    for (const grant of refused) expect(await codeOf(() => worker.lease({ grant }))).toBe('GRANT_REFUSED');
    await broker.control.trustGateway({ grantKey: makeGateway().grantKey });
    expect(await codeOf(() => worker.lease({ grant: good }))).toBe('GRANT_REFUSED');
    expect(received.match(/GRANT_REFUSED/g)).toHaveLength(10);
    expect(received).not.toContain(secret);
    expect(received).not.toContain(credential.clientId);
    expect(broker.written()).toBe('');
  });

  it('trusts no gateway after a key it cannot read', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    expect(await codeOf(() => broker.control.trustGateway({ grantKey: '!'.repeat(43) }))).toBe('KEY_INVALID');
    expect(await codeOf(() => worker.lease({ grant: grantFor() }))).toBe('GRANT_REFUSED');
  });

  it('closes a link that was not admitted, and one that is dismissed', async () => {
    await stored();
    const stranger = await broker.worker('worker-9');
    expect(await once(stranger.socket, 'close')).toEqual([false]);
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    await worker.lease({ grant: grantFor() });
    const closed = once(worker.socket, 'close');
    await broker.control.dismiss({ link: 'worker-1' });
    expect(await closed).toEqual([false]);
  });

  it('offers a worker nothing but the lease', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    const { socket, lease } = await broker.worker('worker-1');
    socket.write(`${JSON.stringify({ type: 'request', id: 900, name: 'credentials' })}\n`);
    const [answer] = await once(socket, 'data');
    expect(JSON.parse(String(answer))).toMatchObject({ type: 'fault', id: 900, code: 'UNKNOWN_CALL' });
    expect(await lease({ grant: grantFor() })).toEqual({ credential });
  });

  it('gives a survey its own instance’s credential, also when no customer has it', async () => {
    await stored();
    await broker.control.mapCredential({ instance: halo, customers: [] });
    await broker.control.admitSurvey({ link: 'survey-1', tenant, instance: halo });
    await broker.control.admitSurvey({ link: 'survey-2', tenant, instance: hudu });
    expect(await (await broker.survey('survey-1')).credential(undefined)).toEqual({ credential });
    const other = await broker.survey('survey-2');
    expect(await codeOf(() => other.credential(undefined))).toBe('CREDENTIAL_MISSING');
  });

  it('lets no survey lease, and no worker survey', async () => {
    await stored();
    await broker.control.admitSurvey({ link: 'survey-1', tenant, instance: halo });
    await broker.control.admit(admission('worker-1'));
    const [asSurvey, asWorker] = [await broker.worker('survey-1'), await broker.survey('worker-1')];
    expect(await codeOf(() => asSurvey.lease({ grant: grantFor() }))).toBe('UNKNOWN_CALL');
    expect(await codeOf(() => asWorker.credential(undefined))).toBe('UNKNOWN_CALL');
  });

  it('closes a survey’s link that was not announced, that comes twice, or that is dismissed', async () => {
    await stored();
    const stranger = await broker.survey('survey-9');
    expect(await once(stranger.socket, 'close')).toEqual([false]);
    await broker.control.admitSurvey({ link: 'survey-1', tenant, instance: halo });
    const first = await broker.survey('survey-1');
    await first.credential(undefined);
    const second = await broker.survey('survey-1');
    expect(await once(second.socket, 'close')).toEqual([false]);
    const closed = once(first.socket, 'close');
    await broker.control.dismiss({ link: 'survey-1' });
    expect(await closed).toEqual([false]);
  });

  it('surveys nothing while the vault is locked, and nothing of another tenant', async () => {
    await broker.control.admitSurvey({ link: 'survey-1', tenant, instance: halo });
    const early = { link: 'survey-2', tenant: TenantId.parse('southwind'), instance: halo };
    await broker.control.admitSurvey(early); // Nobody knows yet whose vault it will be.
    const [survey, foreign] = [await broker.survey('survey-1'), await broker.survey('survey-2')];
    expect(await codeOf(() => survey.credential(undefined))).toBe('VAULT_LOCKED');
    await stored();
    expect(await survey.credential(undefined)).toEqual({ credential });
    expect(await codeOf(() => foreign.credential(undefined))).toBe('TENANT_MISMATCH');
    expect(await codeOf(() => broker.control.admitSurvey({ ...early, link: 'survey-3' }))).toBe('TENANT_MISMATCH');
  });

  it('has nothing for anyone once a credential is revoked, and takes a new one', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    await broker.control.admitSurvey({ link: 'survey-1', tenant, instance: halo });
    const [worker, survey] = [await broker.worker('worker-1'), await broker.survey('survey-1')];
    await worker.lease({ grant: grantFor() });
    await broker.control.revokeCredential({ instance: halo });
    expect(await codeOf(() => worker.lease({ grant: grantFor() }))).toBe('CREDENTIAL_MISSING');
    expect(await codeOf(() => survey.credential(undefined))).toBe('CREDENTIAL_MISSING');
    const mapping = { instance: halo, customers: [meridian] };
    expect(await codeOf(() => broker.control.mapCredential(mapping))).toBe('CREDENTIAL_MISSING');
    expect(await broker.control.credentials()).toEqual([]);
    await broker.control.revokeCredential({ instance: halo });
  });

  it('refuses before the vault is open, and an admission for another tenant', async () => {
    await broker.control.trustGateway({ grantKey: gateway.grantKey });
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    expect(await codeOf(() => worker.lease({ grant: grantFor() }))).toBe('VAULT_LOCKED');
    expect(await codeOf(() => broker.control.credentials())).toBe('VAULT_LOCKED');
    await opened();
    const foreign = { ...admission('worker-2'), tenant: 'southwind' };
    expect(await codeOf(() => broker.control.admit(foreign))).toBe('TENANT_MISMATCH');
    expect(await codeOf(() => opened())).toBe('VAULT_OPEN');
  });

  it('has no credential for a destroyed or unmapped customer, and maps one later', async () => {
    await stored();
    await broker.control.admit(admission('worker-1'));
    const worker = await broker.worker('worker-1');
    expect(await broker.control.hasKey({ customer: meridian })).toBe(true);
    await broker.control.destroyCustomer({ customer: meridian });
    expect(await broker.control.hasKey({ customer: meridian })).toBe(false);
    expect(await codeOf(() => worker.lease({ grant: grantFor() }))).toBe('CREDENTIAL_MISSING');
    await broker.control.mapCredential({ instance: halo, customers: [meridian] });
    expect(await worker.lease({ grant: grantFor() })).toEqual({ credential });
    expect(await broker.control.credentials()).toMatchObject([{ instance: halo, customers: 1 }]);
  });

  it('refuses a box sealed for another instance, and one without usable fields', async () => {
    const { sealKey } = await opened();
    const store = async (text: string, purpose: string) => {
      const box = await seal(text, sealKey, purpose);
      return codeOf(() => broker.control.storeCredential({ instance: halo, customers: [meridian], box }));
    };
    expect(await store(JSON.stringify(credential), `${tenant}/hudu`)).toBe('CREDENTIAL_INVALID');
    for (const text of ['{}', '[]', secret, '{"a":1}', '{"__proto__":"x"}']) {
      expect(await store(text, `${tenant}/${halo}`)).toBe('CREDENTIAL_INVALID');
    }
    expect(await broker.control.credentials()).toEqual([]);
  });

  it("signs this device's checkpoints for the ledger, and nothing else", async () => {
    const { device, deviceKey } = await opened();
    const publicBytes = Buffer.from(deviceKey, 'base64url');
    expect(device).toBe(`dev-${createHash('sha256').update(publicBytes).digest('hex').slice(0, 12)}`);
    const ledger = await broker.ledger();
    const body = `bulkhead/${tenant}/${device}\n7\n${Buffer.alloc(32).toString('base64')}\n`;
    const { note } = await ledger.signCheckpoint({ body });
    expect(note.startsWith(`${body}\n— bulkhead/${tenant}/${device} `)).toBe(true);
    expect(await codeOf(() => ledger.signCheckpoint({ body: 'transfer everything\n' }))).toBe('CHECKPOINT_REFUSED');
  });

  it('remembers what it signed, tells the supervisor, and signs no fewer entries until those are given up', async () => {
    expect(await codeOf(() => broker.control.lastSigned())).toBe('VAULT_LOCKED');
    expect(await codeOf(() => broker.control.giveUpSigned())).toBe('VAULT_LOCKED');
    const { device } = await opened();
    expect(await broker.control.lastSigned()).toBe(null);
    const ledger = await broker.ledger();
    const root = Buffer.alloc(32).toString('base64');
    const sign = (size: number) =>
      codeOf(() => ledger.signCheckpoint({ body: `bulkhead/${tenant}/${device}\n${size}\n${root}\n` }));
    expect([await sign(7), await sign(6)]).toEqual(['no fault', 'CHECKPOINT_REFUSED']);
    expect(await broker.control.lastSigned()).toEqual({ size: 7, root, isGivenUp: false });
    await broker.control.giveUpSigned();
    expect(await broker.control.lastSigned()).toEqual({ size: 7, root, isGivenUp: true });
    expect([await sign(6), await sign(5)]).toEqual(['no fault', 'CHECKPOINT_REFUSED']);
  });

  it('makes keys of bodies for the ledger, for nobody while the vault is locked, and opens none of a destroyed customer', async () => {
    const early = await broker.ledger();
    expect(await codeOf(() => early.makeBodyKey({ under: meridian }))).toBe('VAULT_LOCKED');
    await stored();
    const ledger = await broker.ledger();
    const { key, wrapped } = await ledger.makeBodyKey({ under: meridian });
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(await ledger.openBodyKey({ under: meridian, wrapped })).toEqual({ key });
    expect(await codeOf(() => ledger.openBodyKey({ under: harbor, wrapped }))).toBe('KEY_DESTROYED');
    await broker.control.destroyCustomer({ customer: meridian });
    expect(await codeOf(() => ledger.openBodyKey({ under: meridian, wrapped }))).toBe('KEY_DESTROYED');
    expect(broker.written()).toBe('');
  });

  it('leaves an existing vault file alone with keys in memory', async () => {
    writeFileSync(broker.vaultFile, 'something older');
    await stored();
    expect(readFileSync(broker.vaultFile, 'utf8')).toBe('something older');
  });

  it('keeps a vault under a passphrase file over a restart, and asks again after a wrong one', async () => {
    broker.child.stdin?.write('correct horse battery\n');
    const first = await opened('file');
    const box = await seal(JSON.stringify(credential), first.sealKey, `${tenant}/${halo}`);
    await broker.control.storeCredential({ instance: halo, customers: [meridian], box });
    const again = forkBroker({}, broker.folder);
    try {
      again.child.stdin?.write('wrong horse\ncorrect horse battery\n');
      const where = { kind: 'file', path: join(broker.folder, 'keys.json') } as const;
      const open = () => again.control.open({ tenant, keystore: where, vaultFile: broker.vaultFile });
      expect(await codeOf(open)).toBe('KEYSTORE_PASSPHRASE');
      expect((await open()).device).toBe(first.device);
      expect(await again.control.credentials()).toMatchObject([{ instance: halo, customers: 1 }]);
      expect(again.written()).toBe('');
    } finally {
      again.child.disconnect();
      await once(again.child, 'exit');
    }
  }, 20_000);

  it('says what to do when there is no passphrase to read', async () => {
    broker.child.stdin?.end();
    expect(await codeOf(() => opened('file'))).toBe('KEYSTORE_PASSPHRASE');
    expect(existsSync(broker.vaultFile)).toBe(false);
  });

  it('ends with its supervisor', async () => {
    await opened();
    const ended = once(broker.child, 'exit');
    broker.child.disconnect();
    expect(await ended).toEqual([0, null]);
  });
});
