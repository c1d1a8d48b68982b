import { describe, expect, it } from 'vitest';
import { checkProvisioning, identityDetails, requirementsFrom } from '../../../src-connectors/pax8/provisioning.ts';
import { ownTenant } from './pax8-records.ts';

const requirements = [
  { key: 'msTenantId', valueType: 'Input' },
  { key: 'adminEmail', valueType: 'Input' },
  { key: 'region', valueType: 'Single-Value', possibleValues: ['UK', 'EU'] },
  { key: 'features', valueType: 'Multi-Value', possibleValues: ['a', 'b', 'c'] },
];
const subscription = (status: string) => ({
  status,
  vendorSubscriptionId: 'VS-1',
  provisioningDetails: [
    { key: 'msTenantId', values: [ownTenant, 7, null] },
    { key: 'adminEmail', values: ['it@acme.example'] },
    { key: 'broken tenant', values: ['x'] },
    'nonsense',
  ],
});
const check = (given: { key: string; values: string[] }[], own: object[] = [subscription('Active')]) =>
  checkProvisioning(given, { requirements, own: own as Record<string, unknown>[] });
const refused = { code: 'INVALID_ARGUMENTS' };

describe('checkProvisioning', () => {
  it('takes what the product asks for', () => {
    expect(() =>
      check([
        { key: 'adminEmail', values: ['anyone@acme.example'] },
        { key: 'region', values: ['UK'] },
        { key: 'features', values: ['a', 'c'] },
        { key: 'msTenantId', values: [ownTenant.toUpperCase()] },
      ]),
    ).not.toThrow();
  });

  it.each([
    ['a detail the product does not ask for', 'msDomain', ['x']],
    ['two values where one goes', 'adminEmail', ['a', 'b']],
    ['no value', 'adminEmail', []],
    ['a value that is not among the possible ones', 'region', ['US']],
    ['one of several that is not', 'features', ['a', 'z']],
    ['a tenant that is not known', 'msTenantId', ['acme']],
    ['a tenant under an innocent name', 'adminEmail', ['{00000000-0000-4000-8000-000000000031}']],
    ['a domain of Microsoft’s under an innocent name', 'adminEmail', ['other.onmicrosoft.com']],
  ])('refuses %s', (_, key, values) => {
    expect(() => check([{ key, values }])).toThrow(expect.objectContaining(refused) as Error);
  });

  it.each(['Cancelled', 'WaitingForDetails', 'PendingManual', 'Converted', ''])(
    'believes no tenant of a subscription that is %s',
    (status) => {
      const given = [{ key: 'msTenantId', values: [ownTenant] }];
      expect(() => check(given, [subscription(status)])).toThrow(expect.objectContaining(refused) as Error);
      expect(() => check(given, [])).toThrow(expect.objectContaining(refused) as Error);
    },
  );

  it('never quotes a value', () => {
    expect(() => check([{ key: 'msTenantId', values: ['SECRET'] }])).toThrow(
      expect.not.stringContaining('SECRET') as string,
    );
  });
});

describe('identityDetails', () => {
  it('returns what says in whose tenant a subscription is, and nothing else', () => {
    expect(identityDetails(subscription('Active'))).toEqual([{ key: 'msTenantId', values: [ownTenant] }]);
    expect(identityDetails({ provisioningDetails: 'none' })).toEqual([]);
  });
});

describe('requirementsFrom', () => {
  it('offers nobody’s tenant among the possible values', () => {
    expect(
      requirementsFrom([
        { key: 'msDomain', valueType: 'Single-Value', possibleValues: ['acme.example', 'other.example'] },
        { key: 'region', label: 'Region', description: 'Where', valueType: 'Single-Value', possibleValues: ['UK'] },
        { label: 'without key' },
      ]),
    ).toEqual([
      { key: 'msDomain', label: undefined, description: undefined, kind: 'Single-Value', possibleValues: [] },
      { key: 'region', label: 'Region', description: 'Where', kind: 'Single-Value', possibleValues: ['UK'] },
    ]);
  });
});
