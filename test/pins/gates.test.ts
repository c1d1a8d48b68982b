// The security model in two lists. A change here is a change of what Bulkhead promises: docs and decision record with it.
import { describe, expect, it } from 'vitest';
import { admit, identify } from '../../src-gateway/admit.ts';
import { denialCauses, denialGates, gateNames } from '../../src-shared/model/denial.ts';
import { EntryKind } from '../../src-shared/model/entry.ts';
import { Risk } from '../../src-shared/model/risk.ts';

describe('the gates', () => {
  it('are eight, in this order', () => {
    expect(gateNames).toEqual([
      'principal',
      'tenant',
      'customer',
      'entitlement',
      'policy',
      'quota',
      'execution',
      'audit',
    ]);
  });

  it('are asked in this order; the last two are deeds', () => {
    expect(identify.names).toEqual(['principal', 'tenant']);
    expect(admit.names).toEqual(['principal', 'tenant', 'customer', 'entitlement', 'policy', 'quota']);
  });

  it('deny with these codes, each in one gate’s name', () => {
    expect(denialGates).toEqual({
      UNAUTHENTICATED: 'principal',
      TENANT_UNRESOLVED: 'tenant',
      NO_CUSTOMER: 'customer',
      CUSTOMER_MISMATCH: 'customer',
      CUSTOMER_CONTEXT_CHANGED: 'customer',
      CLIENT_SUSPENDED: 'customer',
      NOT_ENTITLED: 'entitlement',
      CONNECTOR_UNAVAILABLE: 'entitlement',
      UNKNOWN_TOOL: 'entitlement',
      TOOL_CHANGED: 'entitlement',
      INVALID_ARGUMENTS: 'entitlement',
      POLICY_DENIED: 'policy',
      APPROVAL_DENIED: 'policy',
      APPROVAL_EXPIRED: 'policy',
      APPROVAL_PENDING: 'policy',
      QUOTA_EXCEEDED: 'quota',
      CREDENTIAL_UNAVAILABLE: 'execution',
      VENDOR_ERROR: 'execution',
      OWNERSHIP_UNPROVEN: 'execution',
      TIMED_OUT: 'execution',
      AUDIT_UNAVAILABLE: 'audit',
    });
  });
});

describe('the causes of a denial that entries name', () => {
  it('are these, each of one code', () => {
    expect(denialCauses).toEqual({
      'not-armed': 'CLIENT_SUSPENDED',
      'ai-stopped': 'CLIENT_SUSPENDED',
      'scope-over': 'CLIENT_SUSPENDED',
      'worker-ended': 'VENDOR_ERROR',
      'worker-not-started': 'VENDOR_ERROR',
    });
  });
});

describe('what tools and entries can be', () => {
  it('are these risk classes', () => {
    expect(Risk.options).toEqual(['read', 'sensitive', 'credential', 'write', 'external', 'spend', 'destructive']);
  });

  it('are these kinds of entries: the ledger is for ever, so none is renamed or taken away', () => {
    expect(EntryKind.options).toEqual([
      'call.intent',
      'call.outcome',
      'call.denied',
      'customer.bound',
      'customer.released',
      'client.added',
      'client.armed',
      'client.suspended',
      'client.revoked',
      'approval.asked',
      'approval.decided',
      'credential.changed',
      'policy.applied',
      'retention.tombstone',
      'alert',
      'app.started',
      'app.stopped',
    ]);
  });
});
