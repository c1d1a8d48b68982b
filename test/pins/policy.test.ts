// What a company's policies may rely on: the actions, what each tells of, and what code decides whatever they say. A rule
// written against these must mean the same in every later version.
import { schemaToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { policySchema } from '../../src-gateway/policy/schema.ts';
import { CustomerRight, Right } from '../../src-shared/model/right.ts';
import { needsPerson, Risk } from '../../src-shared/model/risk.ts';

const parsed = schemaToJson(policySchema);
if (parsed.type !== 'success') throw new Error('the schema does not parse');
const schema = parsed.json['Bulkhead'];
const attributes = (type: string): string[] => {
  const common = schema?.commonTypes?.[type] as { attributes?: object } | undefined;
  return Object.keys(common?.attributes ?? {}).toSorted();
};

describe('the policy schema', () => {
  it('knows these actions', () => {
    const calls = ['read', 'sensitive', 'credential', 'write', 'external', 'spend', 'destructive'];
    const rights = [
      'manage-client-apps',
      'manage-connectors',
      'review-tools',
      'read-ledger',
      'export-ledger',
      'read-bodies',
      'destroy-keys',
      'resume-ai',
    ];
    expect(Risk.options).toEqual(calls);
    expect(Right.options).toEqual(rights);
    expect(CustomerRight.options).toEqual(['bind', 'cross']);
    expect(Object.keys(schema?.actions ?? {}).toSorted()).toEqual(
      ['call', ...calls, 'approve', 'stand', 'bind', 'cross', ...rights].toSorted(),
    );
  });

  it('tells of each what is listed here', () => {
    expect(Object.keys(schema?.entityTypes ?? {}).toSorted()).toEqual([
      'Customer',
      'Group',
      'Role',
      'Technician',
      'Tenant',
    ]);
    expect(attributes('Call')).toEqual([
      'approvals',
      'assigned',
      'client',
      'connector',
      'cross',
      'minute',
      'tool',
      'weekday',
    ]);
    expect(attributes('Approval')).toEqual([
      'assigned',
      'client',
      'connector',
      'minute',
      'own',
      'risk',
      'tool',
      'weekday',
    ]);
    expect(attributes('Choice')).toEqual(['assigned', 'minute', 'weekday']);
    expect(attributes('Deed')).toEqual(['minute', 'weekday']);
  });
});

describe('needsPerson', () => {
  it('is true of these, whatever a policy permits', () => {
    expect(Risk.options.filter(needsPerson)).toEqual(['credential', 'external', 'spend', 'destructive']);
  });
});
