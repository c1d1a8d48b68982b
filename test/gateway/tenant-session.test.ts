import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { bundleOf, identityOf, instanceOf, makeIssuer, testNow, testTools, toolOf } from './enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from './given.ts';
import { issuer, makeWorld, openSession } from './world.ts';

const invalid = { code: 'ENROLMENT_INVALID' };
const enrolment = await issuer.enrol();
const unsigned = (header: object, payload: unknown, signature = '') =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${signature}`;

describe('openTenantSession', () => {
  it('holds what the verified enrolment says', async () => {
    const session = await openSession();
    expect(session.bundle).toEqual(bundleOf());
    expect(session.identity).toEqual(identityOf());
    expect([...session.customers.keys()]).toEqual(['acme', 'zenith']);
    expect([...session.tools.keys()]).toEqual(testTools.map(({ name }) => name));
  });

  it('refuses anything signed with another key', async () => {
    const forger = await makeIssuer();
    const forged = await forger.enrol();
    const { tenant, tenantKey } = enrolment;
    await expect(openSession({ enrolment: { ...forged, tenantKey } })).rejects.toMatchObject(invalid);
    for (const part of ['identity', 'bundle'] as const) {
      await expect(openSession({ enrolment: { ...enrolment, [part]: forged[part] } }), part).rejects.toMatchObject(
        invalid,
      );
    }
    // With its own key it is a whole enrolment of its own: the pinned key is what tells them apart.
    await expect(openSession({ enrolment: { ...forged, tenant } })).resolves.toBeDefined();
  });

  it('refuses a changed payload under an old signature', async () => {
    const [header, , signature] = enrolment.bundle.split('.');
    const payload = Buffer.from(JSON.stringify(bundleOf({ quota: { includedCalls: 9e9, overage: 'allow' } })));
    const bundle = `${header}.${payload.toString('base64url')}.${signature}`;
    await expect(openSession({ enrolment: { ...enrolment, bundle } })).rejects.toMatchObject(invalid);
  });

  it('refuses alg none, and a signature made with the public key as a shared secret', async () => {
    const { createHmac } = await import('node:crypto');
    const none = unsigned({ alg: 'none', typ: 'bulkhead-bundle+jwt' }, bundleOf());
    const body = unsigned({ alg: 'HS256', typ: 'bulkhead-bundle+jwt' }, bundleOf()).slice(0, -1);
    const secrets = [enrolment.tenantKey, Buffer.from(enrolment.tenantKey, 'base64url')];
    const shared = secrets.map((secret) => `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`);
    for (const bundle of [none, ...shared]) {
      await expect(openSession({ enrolment: { ...enrolment, bundle } }), bundle.slice(0, 20)).rejects.toMatchObject(
        invalid,
      );
    }
  });

  it('refuses a key that travels in the header', async () => {
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const forger = await makeIssuer();
    const header = { jwk: { kty: 'OKP', crv: 'Ed25519', x } } as never;
    const bundle = await forger.sign(bundleOf(), 'bulkhead-bundle+jwt', header);
    await expect(openSession({ enrolment: { ...enrolment, bundle } })).rejects.toMatchObject(invalid);
  });

  it('refuses an identity in place of a bundle and the reverse, and any other type', async () => {
    const { identity, bundle } = enrolment;
    const untyped = await issuer.sign(bundleOf(), 'JWT');
    for (const change of [{ bundle: identity }, { identity: bundle }, { bundle: untyped }]) {
      await expect(openSession({ enrolment: { ...enrolment, ...change } })).rejects.toMatchObject(invalid);
    }
  });

  it('refuses material of another tenant, even under the same key', async () => {
    const other = { id: 'other', name: 'Other MSP' };
    for (const change of [
      { bundle: { tenant: other } },
      { identity: { tenant: 'other' } },
      { tenant: 'other' },
      { bundle: { tenant: other }, identity: { tenant: 'other' } },
    ]) {
      await expect(
        openSession({ enrolment: await issuer.enrol(change) }),
        JSON.stringify(change),
      ).rejects.toMatchObject(invalid);
    }
  });

  it('refuses claims it does not know: a new one might mean less than it seems', async () => {
    const bundle = await issuer.sign({ ...bundleOf(), also: true }, 'bulkhead-bundle+jwt');
    await expect(openSession({ enrolment: { ...enrolment, bundle } })).rejects.toMatchObject(invalid);
  });

  it('refuses two customers on one vendor id: each would see the other’s records', async () => {
    const shared = instanceOf({ mapping: { acme: '12', zenith: '12' } });
    await expect(openSession({ instances: [shared] })).rejects.toMatchObject({ code: 'MAPPING_AMBIGUOUS' });
  });

  it('refuses it over two instances of one account as well, and not over two accounts', async () => {
    const one = instanceOf({ id: 'one', mapping: { acme: '12' } });
    const same = instanceOf({ id: 'two', mapping: { zenith: '12' } });
    const other = instanceOf({ id: 'two', baseUrl: 'https://other.example/', mapping: { zenith: '12' } });
    await expect(openSession({ instances: [one, same] })).rejects.toMatchObject({ code: 'MAPPING_AMBIGUOUS' });
    expect((await openSession({ instances: [one, other] })).instances).toHaveLength(2);
  });

  it('leaves out instances of another tenant', async () => {
    const { instances } = await openSession({
      instances: [instanceOf({ id: 'theirs', tenant: 'other' }), instanceOf()],
    });
    expect(instances.map(({ id }) => id)).toEqual(['halo']);
  });

  it('refuses two tools of one name', async () => {
    const tools = [...testTools, toolOf('ticket_list', 'list')];
    await expect(openSession({ tools })).rejects.toMatchObject({ code: 'TOOLS_INVALID' });
  });

  it('refuses policies that do not parse', async () => {
    const policies = { broken: 'permit (principal' };
    const invalidPolicy = await issuer.enrol({ bundle: { policy: { policies } } });
    await expect(openSession({ enrolment: invalidPolicy })).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });
});

describe('the policy of openTenantSession', () => {
  const withPolicy = async (policy: object) =>
    openSession({ enrolment: await issuer.enrol({ bundle: { policy: { policies: {}, ...policy } } }) });
  const customer = (id: string, code: string) => ({ id, code, name: id, domain: '', aliases: [] });

  it('judges by the company’s class where that is stricter, and refuses a milder one', async () => {
    const [list, , add] = testTools;
    if (!list || !add) throw new Error('the fixture changed');
    const session = await withPolicy({ risks: { ticket_list: 'external', unknown_tool: 'read' } });
    expect([session.riskOf(list), session.riskOf(add)]).toEqual(['external', 'write']);
    await expect(withPolicy({ risks: { note_add: 'write' } })).resolves.toBeDefined();
    for (const risk of ['read', 'sensitive']) {
      await expect(withPolicy({ risks: { note_add: risk } }), risk).rejects.toMatchObject({
        code: 'POLICY_INVALID',
        message: expect.stringContaining('"note_add"') as string,
      });
    }
    await expect(withPolicy({ risks: { secret_get: 'external' } })).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });

  it('is asked about the signed-in technician', async () => {
    expect((await openSession()).person).toEqual({ id: 'amy', roles: ['technician'] });
  });

  it.each([
    ['two customers of one id', [customer('acme', 'ACME-1'), customer('acme', 'ACME-2')]],
    ['two customers of one code', [customer('acme', 'ACME-1'), customer('zenith', 'ACME-1')]],
    ['a customer whose code stands for several', [customer('acme', 'CROSS-1')]],
  ])('refuses %s', async (_, customers) => {
    await expect(openSession({ enrolment: await issuer.enrol({ bundle: { customers } }) })).rejects.toMatchObject({
      code: 'ENROLMENT_INVALID',
    });
  });
});

describe('an expired enrolment', () => {
  it.each([
    ['identity', { identity: { exp: Math.floor(testNow / 1000) } }],
    ['bundle', { bundle: { expires: new Date(testNow).toISOString() } }],
  ])('opens, because it may expire while the app runs, and is denied at gate 2 (%s)', async (_, change) => {
    const world = await makeWorld({ enrolment: await issuer.enrol(change) });
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    const answer = await callTool(callOf(), world.powers, never);
    expect(answer).toMatchObject({ denied: true, gate: 'tenant', code: 'TENANT_UNRESOLVED' });
    expect(world.dispatched).toEqual([]);
  });
});
