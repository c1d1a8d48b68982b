// Whoever holds the ledger (an export, a backup) guesses the secret argument of a call that waited for a person: the fingerprint is
// an unkeyed hash over everything else that the entry says, and the secret.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { bundleOf, toolOf } from '../gateway/enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { issuer, makeWorld } from '../gateway/world.ts';

describe('the fingerprint of a call with a secret', () => {
  it('does not let whoever reads the ledger try out secrets', async () => {
    const policies = {
      ask: `permit (principal, action == Bulkhead::Action::"write", resource) when { context.approvals >= 1 };`,
    };
    const enrolment = await issuer.enrol({ bundle: bundleOf({ policy: { policies } }) });
    const plain = toolOf('password_set', 'one', 'write');
    const properties = {
      ...(plain.inputSchema['properties'] as object),
      password: { type: 'string', writeOnly: true },
    };
    const world = await makeWorld({
      enrolment,
      tools: [{ ...plain, inputSchema: { ...plain.inputSchema, properties } }],
    });
    const app = clientOf();
    await world.scope.replace(msp, [app], bindingTo('acme', 1));
    await callTool(callOf('password_set', { id: 1, password: 'Summer2026!' }), world.powers, never);

    const { params, body } = world.entries.find(({ kind }) => kind === 'approval.asked') ?? {};
    expect(JSON.stringify(world.entries)).not.toContain('Summer2026!');
    // The worst case: who holds the ledger could open the body too.
    const { fingerprint, arguments: args } = { ...params, ...body?.content } as {
      fingerprint: string;
      arguments: object;
    };
    expect(args).toMatchObject({ id: 1 });
    const known = { tenant: msp, customer: 'acme', epoch: 1, client: app.id, tool: 'password_set', policyVersion: 3 };
    const guess = (password: string): string =>
      createHash('sha256')
        .update(canonical({ ...known, arguments: { ...args, password } }))
        .digest('hex');
    const found = ['123456', 'Winter2026!', 'Summer2026!'].find((word) => guess(word) === fingerprint);
    expect(found).toBeUndefined();
  });
});
