import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApp, fakeApp, operatorToken } from './fake-app.ts';
import { runCommand } from './run-command.ts';

const trial = {
  verdict: 'asks' as const,
  gates: [
    { gate: 'principal' as const, ok: true, ms: 0 },
    { gate: 'policy' as const, ok: false, code: 'APPROVAL_PENDING' as const, ms: 1 },
  ],
  because: [
    { id: 'with-a-person', says: 'A person approves each one.\u001b[2J' },
    { id: 'no-words', says: '' },
  ],
  denial: null,
};
const denial = {
  gate: 'customer' as const,
  code: 'NO_CUSTOMER' as const,
  reason: 'Nobody is bound.',
  remedy: 'Bind one.',
};

let app: FakeApp;
let answered: typeof trial | object;
beforeEach(async () => {
  answered = trial;
  app = await fakeApp({ tryCall: () => answered as never });
});
afterEach(() => app.stop());

const operator = { env: { BULKHEAD_OPERATOR_TOKEN: operatorToken } };
const run = (words: readonly string[], given: object = operator) => runCommand([...words, '--home', app.home], given);

describe('bulkhead call --dry-run', () => {
  it('tells what the gates would say, and calls nothing', async () => {
    const ran = await run(['call', 'ticket_reply', '{"id":1}', '--dry-run', '--json']);
    expect([ran.code, ran.json]).toEqual([0, trial]);
    const asked = { tool: 'ticket_reply', arguments: { id: 1 }, client: null };
    expect(app.calls.slice(1)).toEqual([['tryCall', asked]]);
  });

  it('asks as a client app of a name', async () => {
    await run(['call', 'ticket_list', '--dry-run', '--as-client', 'cursor', '--json']);
    expect(app.calls.at(-1)).toEqual(['tryCall', { tool: 'ticket_list', arguments: {}, client: 'cursor' }]);
  });

  it('says it in words, and none of them can move the cursor', async () => {
    expect((await run(['call', 'ticket_reply', '--dry-run'])).stdout.split('\n')).toEqual([
      'It would wait for a person to approve it.',
      '',
      'principal: passes',
      'policy: APPROVAL_PENDING',
      '',
      'Because:',
      'A person approves each one.\uFFFD[2J (with-a-person)',
      'no-words',
    ]);
    answered = { verdict: 'denied', gates: [], because: [], denial };
    const ran = await run(['call', 'ticket_reply', '--dry-run']);
    expect([ran.code, ran.stdout.trim()]).toEqual([0, 'It would be denied. Nobody is bound. Bind one. (NO_CUSTOMER)']);
  });

  it('asks nothing of the app without the operator token, nor --as-client by itself', async () => {
    const bare = await run(['call', 'ticket_list', '--dry-run', '--json'], {});
    expect(bare.json).toMatchObject({ error: { code: 'OPERATOR_ONLY' } });
    const stray = await run(['call', 'ticket_list', '--as-client', 'cursor', '--json']);
    expect([stray.code, stray.json]).toMatchObject([2, { error: { code: 'USAGE' } }]);
    expect(app.calls).toEqual([]);
  });
});
