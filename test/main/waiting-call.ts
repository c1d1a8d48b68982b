import { Approval } from '../../src-shared/model/approval.ts';

/** A call that waits for a person, as the gateway tells of it. */
export const waitingCall: Approval = Approval.parse({
  id: 'ap-0000000000000001',
  fingerprint: 'c'.repeat(64),
  customer: { id: 'acme', code: 'ACME-1', name: 'Acme Ltd' },
  epoch: 1,
  client: 'assistant',
  technician: { id: 'amy', name: 'Amy Kowalski' },
  tool: 'note_add',
  title: 'Add a note',
  connector: 'halopsa',
  risk: 'write',
  arguments: { customer: 'ACME-1', id: 1 },
  because: [],
  policyVersion: 3,
  needed: 2,
  approvedBy: [],
  askedAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2026-11-21T12:05:00.000Z',
  extensions: 0,
  repeats: 0,
  mayStand: false,
  state: 'pending',
  decided: null,
});
