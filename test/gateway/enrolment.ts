// What a central server would issue for a test: a tenant of two customers, signed under a key of its own.
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Bundle, type Enrolment, IdentityClaims } from '../../src-shared/model/bundle.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { Instance } from '../../src-shared/model/instance.ts';
import { ToolDefinition } from '../../src-shared/model/tool.ts';
import type { Risk } from '../../src-shared/model/risk.ts';

/** The instant at which tests happen, in milliseconds since 1970. */
export const testNow = Date.parse('2026-11-21T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

export const readAndWrite = {
  'may-read': `permit (principal, action in [Bulkhead::Action::"read", Bulkhead::Action::"write"], resource)
    when { principal in Bulkhead::Role::"technician" };`,
};

export type Change<T> = { readonly [K in keyof T]?: unknown };

export const bundleOf = (change: Change<Bundle> = {}): Bundle =>
  Bundle.parse({
    v: 1,
    tenant: { id: 'msp', name: 'Test MSP' },
    version: 3,
    issuedAt: new Date(testNow - day).toISOString(),
    expires: new Date(testNow + day).toISOString(),
    customers: [customerOf('acme', 'ACME-1', 'Acme Ltd'), customerOf('zenith', 'ZEN-2', 'Zenith Group')],
    connectors: ['halopsa'],
    policy: { policies: readAndWrite },
    quota: { includedCalls: 100, overage: 'block' },
    limits: { requestsPerMinute: 60 },
    ...change,
  });

export const identityOf = (change: Change<IdentityClaims> = {}): IdentityClaims =>
  IdentityClaims.parse({
    iss: 'test',
    aud: 'bulkhead',
    sub: 'amy',
    name: 'Amy Kowalski',
    email: 'amy@msp.example',
    tenant: 'msp',
    roles: ['technician'],
    iat: Math.floor((testNow - day) / 1000),
    exp: Math.floor((testNow + day) / 1000),
    ...change,
  });

const customerOf = (id: string, code: string, name: string) => ({
  id,
  code,
  name,
  domain: `${id}.example`,
  aliases: [],
});

export const instanceOf = (change: Change<Instance> = {}): Instance =>
  Instance.parse({
    id: 'halo',
    tenant: 'msp',
    connector: 'halopsa',
    name: 'HaloPSA',
    baseUrl: 'http://127.0.0.1:1',
    settings: {},
    mapping: { acme: '12', zenith: '17' },
    ...change,
  });

export const toolOf = (name: string, returns: 'list' | 'one', risk: Risk = 'read', maxBytes = 10_000): ToolDefinition =>
  ToolDefinition.parse({
    name,
    title: name,
    description: 'A tool of the tests, described at some length.',
    connector: 'halopsa',
    risk,
    returns,
    records: 'customer',
    isIdempotent: risk === 'read',
    inputSchema: {
      type: 'object',
      properties: { customer: { type: 'string' }, id: { type: 'integer' }, note: { type: 'string' } },
      required: returns === 'one' ? ['customer', 'id'] : ['customer'],
      additionalProperties: false,
    },
    recordSchema: { type: 'object' },
    limits: { deadlineMs: 1000, maxBytes },
  });

export const testTools = [
  toolOf('ticket_list', 'list'),
  toolOf('ticket_get', 'one'),
  toolOf('note_add', 'one', 'write'),
  toolOf('secret_get', 'one', 'credential'),
];

/** A tenant's key and what it signs. Every member of the protected header can be chosen, as a forger would. */
export interface Issuer {
  readonly tenantKey: string;
  sign(payload: unknown, typ: string, header?: Readonly<Record<string, string>>): Promise<string>;
  enrol(given?: { bundle?: Change<Bundle>; identity?: Change<IdentityClaims>; tenant?: string }): Promise<Enrolment>;
}

export async function makeIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  const sign: Issuer['sign'] = (payload, typ, header = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'EdDSA', typ, ...header })
      .sign(privateKey);
  return {
    tenantKey: x,
    sign,
    enrol: async ({ bundle = {}, identity = {}, tenant = 'msp' } = {}) => ({
      tenant: TenantId.parse(tenant),
      tenantKey: x,
      identity: await sign(identityOf(identity), 'bulkhead-identity+jwt'),
      bundle: await sign(bundleOf(bundle), 'bulkhead-bundle+jwt'),
    }),
  };
}
