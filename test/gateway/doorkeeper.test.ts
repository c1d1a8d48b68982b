import { beforeEach, describe, expect, it } from 'vitest';
import { Doorkeeper } from '../../src-gateway/doorkeeper.ts';
import { RateLimit } from '../../src-gateway/rate-limit.ts';
import type { TenantSession } from '../../src-gateway/tenant-session.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { testNow } from './enrolment.ts';
import { clientOf, hashOf } from './given.ts';

let now: number;
let clients: ClientApp[];
let entries: EntryDraft[];
let seen: { client: string; at: string }[];
let session: TenantSession | undefined;
let door: Doorkeeper;
beforeEach(() => {
  now = testNow;
  clients = [clientOf()];
  entries = [];
  seen = [];
  session = { bundle: { limits: { requestsPerMinute: 3 } } } as TenantSession;
  const record = async (draft: EntryDraft) => (entries.push(draft), { ok: true as const, seq: 1, ms: 0 });
  door = new Doorkeeper(
    { now: () => now, scope: { clients: () => clients }, session: () => session, recorder: { record } as never },
    new RateLimit(() => now),
    (notice) => seen.push(notice),
  );
});
const knock = (hash = hashOf('a')) => {
  const heard = door.hear(hash);
  return heard.ok ? 200 : heard.refusal.status;
};

describe('hear', () => {
  it('lets a known token in, suspended or armed: the gates say the rest', () => {
    expect(knock()).toBe(200);
    clients = [clientOf({ state: 'suspended' })];
    expect(knock()).toBe(200);
  });

  it('turns an unknown, a missing and a revoked token away in the same words, and names no way to get one', () => {
    clients = [clientOf({ state: 'revoked' })];
    const answers = [hashOf('a'), hashOf('b'), ''].map((hash) => door.hear(hash));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({
      refusal: { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
    });
  });

  it('records strangers, but no more than thirty a minute', () => {
    for (let time = 0; time < 500; time += 1) knock(hashOf('b'));
    expect(entries).toHaveLength(30);
    expect(entries[0]).toMatchObject({
      kind: 'call.denied',
      principal: { kind: 'anonymous' },
      customer: null,
      gates: [{ gate: 'principal', ok: false, code: 'UNAUTHENTICATED' }],
    });
    now += 60_000;
    knock(hashOf('b'));
    expect(entries).toHaveLength(31);
  });

  it('does not let strangers use up what a client app may ask', () => {
    for (let time = 0; time < 500; time += 1) knock(hashOf('b'));
    expect(knock()).toBe(200);
  });

  it('keeps to the company’s limit, tells when to come again, and records it once a minute', () => {
    expect([knock(), knock(), knock(), knock(), knock()]).toEqual([200, 200, 200, 429, 429]);
    expect(door.hear(hashOf('a'))).toMatchObject({ refusal: { headers: { 'retry-after': '20' } } });
    expect(entries.map(({ kind, params }) => [kind, params])).toEqual([
      ['alert', { alert: 'rate-limit', client: 'assistant' }],
    ]);
    now += 60_001;
    for (let time = 0; time < 10; time += 1) knock();
    expect(entries).toHaveLength(2);
  });

  it('keeps all client apps of a company together to its limit, however many there are', () => {
    session = { bundle: { limits: { requestsPerMinute: 3, tenantRequestsPerMinute: 5 } } } as TenantSession;
    clients = ['a', 'b', 'c'].map((digit) => clientOf({ name: digit, tokenHash: hashOf(digit) }));
    const from = (digit: string) => Array.from({ length: 4 }, () => knock(hashOf(digit)));
    expect([from('a'), from('b'), from('c')]).toEqual([
      [200, 200, 200, 429],
      [200, 200, 429, 429],
      [429, 429, 429, 429],
    ]);
    expect(door.hear(hashOf('c'))).toMatchObject({ refusal: { headers: { 'retry-after': '20' } } });
    now += 20_000;
    expect([knock(hashOf('c')), knock(hashOf('c'))]).toEqual([200, 429]);
  });

  it('takes ten client apps’ worth for the limit of a company that says nothing', () => {
    clients = Array.from({ length: 11 }, (_, index) => clientOf({ tokenHash: index.toString(16).repeat(64) }));
    const taken = clients.map(({ tokenHash }) => [0, 1, 2].filter(() => knock(tokenHash) === 200).length);
    expect(taken).toEqual([...Array<number>(10).fill(3), 0]);
  });

  it('counts what one client app is refused against no other', () => {
    session = { bundle: { limits: { requestsPerMinute: 3, tenantRequestsPerMinute: 6 } } } as TenantSession;
    clients = ['a', 'b'].map((digit) => clientOf({ tokenHash: hashOf(digit) }));
    for (let time = 0; time < 100; time += 1) knock(hashOf('a'));
    expect([knock(hashOf('b')), knock(hashOf('b')), knock(hashOf('b'))]).toEqual([200, 200, 200]);
  });

  it('keeps to sixty a minute while nobody is signed in', () => {
    session = undefined;
    const answers = Array.from({ length: 61 }, () => knock());
    expect(answers.filter((status) => status === 200)).toHaveLength(60);
  });

  it('tells at most once a second that a client app was seen', () => {
    knock();
    knock();
    expect(seen).toEqual([{ client: clients[0]?.id, at: '2026-11-21T12:00:00.000Z' }]);
    now += 1000;
    knock();
    expect(seen).toHaveLength(2);
  });
});
