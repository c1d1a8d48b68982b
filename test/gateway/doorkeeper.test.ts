import { beforeEach, describe, expect, it } from 'vitest';
import { Doorkeeper } from '../../src-gateway/doorkeeper.ts';
import { RateLimit } from '../../src-gateway/rate-limit.ts';
import type { TenantSession } from '../../src-gateway/tenant-session.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { testNow } from './enrolment.ts';
import { clientOf, hashOf } from './given.ts';

let clock: number;
let now: number;
let clients: ClientApp[];
let entries: EntryDraft[];
let seen: { client: string; at: string }[];
let session: TenantSession | undefined;
let door: Doorkeeper;
beforeEach(() => {
  clock = 0;
  now = testNow;
  clients = [clientOf()];
  entries = [];
  seen = [];
  session = { bundle: { limits: { requestsPerMinute: 3 } } } as TenantSession;
  const record = async (draft: EntryDraft) => (entries.push(draft), { ok: true as const, seq: 1, ms: 0 });
  door = new Doorkeeper(
    {
      now: () => now,
      clock: () => clock,
      scope: { clients: () => clients },
      session: () => session,
      recorder: { record } as never,
    },
    new RateLimit(() => clock),
    (notice) => seen.push(notice),
  );
});
const pass = (ms: number): void => {
  clock += ms;
  now += ms;
};
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
    pass(60_000);
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
    pass(60_001);
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
    pass(20_000);
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

  it('tells of the limit once a minute by a clock that nobody can set', () => {
    for (let time = 0; time < 4; time += 1) knock();
    now += 3_600_000;
    knock();
    expect(entries).toHaveLength(1);
    now -= 7_200_000;
    clock += 60_000;
    for (let time = 0; time < 4; time += 1) knock();
    expect(entries).toHaveLength(1);
    clock += 1;
    knock();
    expect(entries).toHaveLength(2);
  });

  it('tells at most once a second that a client app was seen', () => {
    knock();
    now += 3_600_000;
    knock();
    now -= 3_600_000;
    expect(seen).toEqual([{ client: clients[0]?.id, at: '2026-11-21T12:00:00.000Z' }]);
    pass(1000);
    knock();
    expect(seen).toHaveLength(2);
  });
});

describe('weigh', () => {
  const kibibytes = (count: number, hash = hashOf('a')) => {
    const heard = door.weigh(hash, count * 1024);
    return heard.ok ? 200 : heard.refusal.status;
  };
  const tokensLeft = () => {
    let left = 0;
    while (knock() === 200) left += 1;
    return left;
  };
  beforeEach(() => {
    session = { bundle: { limits: { requestsPerMinute: 60 } } } as TenantSession;
  });

  it.each([
    [0, 60],
    [31.999, 60],
    [32, 59],
    [63.999, 59],
    [64, 58],
    [1024, 28],
  ])('takes a token for each full 32 KiB: of %d KiB sixty become %i', (size, left) => {
    expect([kibibytes(size), tokensLeft()]).toEqual([200, left]);
  });

  it('takes nothing for what it refuses, and says when all of it can be had', () => {
    for (let time = 0; time < 40; time += 1) knock();
    expect(door.weigh(hashOf('a'), 1024 * 1024)).toMatchObject({
      refusal: { status: 429, headers: { 'retry-after': '13' } },
    });
    pass(13_000);
    expect([knock(), kibibytes(1024), knock()]).toEqual([200, 200, 429]);
    expect(entries.map(({ params }) => params)).toEqual([{ alert: 'rate-limit', client: 'assistant' }]);
  });

  it('lets the largest body through however low the limit is, when nothing else was asked in that minute', () => {
    for (const requestsPerMinute of [1, 2, 3, 33]) {
      session = { bundle: { limits: { requestsPerMinute } } } as TenantSession;
      clients = [clientOf()];
      pass(60_000);
      expect([requestsPerMinute, knock(), kibibytes(1024), knock()]).toEqual([requestsPerMinute, 200, 200, 429]);
    }
  });

  it('counts against all client apps together, and nothing that one of them is refused', () => {
    session = { bundle: { limits: { requestsPerMinute: 60, tenantRequestsPerMinute: 40 } } } as TenantSession;
    clients = ['a', 'b'].map((digit) => clientOf({ tokenHash: hashOf(digit) }));
    expect([kibibytes(1024), kibibytes(1024)]).toEqual([200, 429]);
    expect([kibibytes(320, hashOf('b')), kibibytes(32, hashOf('b'))]).toEqual([429, 200]);
  });

  it('turns away who was revoked while the body was read', () => {
    clients = [clientOf({ state: 'revoked' })];
    expect(kibibytes(1024)).toBe(401);
  });
});
