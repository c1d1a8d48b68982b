import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src-shared/canonical.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { sha256Hex } from '../../src-ledger/sha256.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { keyless, slowly } from './key-source.ts';
import { openForTest } from './open-for-test.ts';
import { codeOf } from '../code-of.ts';
import { asks, harbor, inName, meridian, opened, signal } from './body-fixture.ts';

describe('append, of a draft with a body', () => {
  it('keeps in the entry a commitment that whoever has the body can check, and nothing else of it', async () => {
    const { ledger, entry } = await opened();
    const content = { params: { text: 'canary-7731', status: 'open' } };
    await ledger.append(asks(content));
    const recorded = await entry(1);
    expect(Object.keys(recorded ?? {})).not.toContain('params');
    expect(JSON.stringify(recorded)).not.toContain('canary');
    const [opened1] = await ledger.bodiesOf([1], signal);
    expect(opened1).toEqual({
      seq: 1,
      why: null,
      body: { ...content, blind: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    const { commitment, salt } = recorded?.body ?? {};
    expect(sha256Hex(`${salt}${canonical(opened1?.body)}`)).toBe(commitment);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 1 });
  });

  it('writes nothing of it in the clear, in no file', async () => {
    const folder = makeFolder();
    const { ledger } = await opened(join(folder, 'ledger.db'));
    for (let at = 0; at < 50; at += 1) await ledger.append(asks({ params: { text: 'canary-7731'.repeat(at + 1) } }));
    const look = (): string[] =>
      readdirSync(folder).flatMap((name) => (readFileSync(join(folder, name)).includes('canary') ? [name] : []));
    expect(look()).toEqual([]);
    ledger.close();
    expect(look()).toEqual([]);
  });

  it('asks the broker for one key for each customer, and a new one at each start and each day', async () => {
    let now = Date.UTC(2026, 10, 21, 23, 59);
    const { ledger, made, source, file } = await opened(undefined, { now: () => now });
    const draftsOf = [inName(meridian, 'MERI-7'), inName(harbor, 'HARB-1'), inName(null, null)];
    await Promise.all([...draftsOf, ...draftsOf].map((each) => ledger.append(asks({}, each))));
    expect(made).toEqual([meridian, harbor, null]);
    now += 120_000;
    await ledger.append(asks({}));
    expect(made).toEqual([meridian, harbor, null, meridian]); // Asked for meanwhile: this one had the key of the day before.
    await ledger.append(asks({}));
    ledger.close();
    const db = new Database(file);
    expect(db.prepare('SELECT under, count(*) FROM body JOIN body_key ON id = key GROUP BY id').raw().all()).toEqual([
      ['meridian', 3],
      ['harbor', 2],
      [null, 2],
      ['meridian', 1],
    ]);
    db.close();
    const again = openForTest(file, { now: () => now }).ledger;
    again.sealWith(source);
    await again.append(asks({ params: { after: 'restart' } }));
    expect(made).toHaveLength(5);
    expect((await again.bodiesOf([8, 9, 1, 3], signal)).map(({ why }) => why)).toEqual([null, null, null, null]);
  });

  it('lets nobody else wait for the key of one customer, and keeps the order of those who do', async () => {
    const { ledger, source } = await opened();
    const slow = slowly(source);
    await ledger.append(asks({}, inName(harbor, 'HARB-1')));
    ledger.sealWith(slow.source);
    const order: string[] = [];
    const record = async (name: string, each: EntryDraft): Promise<void> => {
      await ledger.append(each);
      order.push(name);
    };
    const all = [
      record('waits 1', asks({ at: 1 })),
      record('waits 2', asks({ at: 2 }, { kind: 'call.denied' })),
      record('other customer', asks({}, inName(harbor, 'HARB-1'))),
      record('without body', draft('x')),
    ];
    await Promise.all(all.slice(2));
    expect(order).toEqual(['other customer', 'without body']);
    expect(slow.waiting).toHaveLength(1);
    slow.release();
    await Promise.all(all);
    expect(order.slice(2)).toEqual(['waits 1', 'waits 2']);
    const bodies = await ledger.bodiesOf([4, 5], signal);
    expect(bodies.map(({ body }) => body?.['at'])).toEqual([1, 2]);
  });

  it.each([
    ['nobody is linked', undefined],
    ['the broker has none to give', keyless],
  ])('without a key records what is over without its body, and no call that would begin: %s', async (_name, source) => {
    const { ledger, why, entry } = await opened();
    ledger.sealWith(source);
    expect(await codeOf(ledger.append(asks({})))).toBe('LEDGER_UNWRITABLE');
    expect(await codeOf(ledger.append(asks({}, { kind: 'approval.asked' })))).toBe('LEDGER_UNWRITABLE');
    expect(await codeOf(ledger.append(asks({}, { kind: 'call.denied' })))).toBe('done');
    expect(await codeOf(ledger.append(draft('x')))).toBe('done');
    expect(await codeOf(ledger.append(asks({}, { kind: 'call.outcome', ref: 2 })))).toBe('done');
    expect(await why(1, 2, 3)).toEqual(['none', 'none', 'none']);
    expect((await entry(1))?.body).toBe(undefined);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 3 });
  });

  it('has a key again as soon as there is a broker, and asks a failing one once a second', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger, source } = await opened(undefined, { now: () => now });
    let asked = 0;
    ledger.sealWith({ ...source, makeBodyKey: () => Promise.reject(new Error(String((asked += 1)))) });
    for (let at = 0; at < 3; at += 1) await codeOf(ledger.append(asks({})));
    expect(asked).toBe(1);
    now += 1000;
    await codeOf(ledger.append(asks({})));
    expect(asked).toBe(2);
    ledger.sealWith(source);
    expect(await codeOf(ledger.append(asks({})))).toBe('done');
  });

  it('holds what may be without its body a second for a key, and not at all once one is late or could not be had', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger, source, why } = await opened(undefined, { now: () => now });
    const slow = slowly(source);
    ledger.sealWith(slow.source);
    const timed = async (each: EntryDraft): Promise<number> => {
      const from = performance.now();
      await ledger.append(each);
      return performance.now() - from;
    };
    const call = ledger.append(asks({ at: 1 }));
    expect(await timed(asks({}, { kind: 'call.denied' }))).toBeGreaterThan(450);
    expect(await timed(asks({}, { kind: 'call.denied' }))).toBeLessThan(900);
    expect(await why(1, 2)).toEqual(['none', 'none']);
    slow.release();
    expect((await call).seq).toBe(3); // What must be sealed went on waiting.
    await ledger.append(asks({}, { kind: 'call.denied' }));
    expect(await why(3, 4)).toEqual([null, null]);

    const other = inName(harbor, 'HARB-1');
    let isHanging = false;
    const never = new Promise<never>(() => {});
    ledger.sealWith({ ...source, makeBodyKey: () => (isHanging ? never : Promise.reject(new Error('away'))) });
    expect(await codeOf(ledger.append(asks({}, other)))).toBe('LEDGER_UNWRITABLE');
    isHanging = true;
    now += 1000; // It is asked again, and hangs; the denials do not wait for it.
    for (let at = 0; at < 2; at += 1) {
      expect(await timed(asks({}, { ...other, kind: 'call.denied' }))).toBeLessThan(900);
    }
  });

  it('records at the close what still waits for a key, if it may be without its body', async () => {
    const { ledger, source, file } = await opened();
    ledger.sealWith(slowly(source).source);
    const answers = [asks({}), asks({}, { kind: 'call.denied' })].map((each) => codeOf(ledger.append(each)));
    ledger.close();
    expect(await Promise.all(answers)).toEqual(['LEDGER_UNWRITABLE', 'done']);
    expect(openForTest(file).ledger.entries).toBe(1);
  });

  /** What is opened of these, without what differs each time. */
  async function keptOf(...drafts: EntryDraft[]) {
    const { ledger } = await opened();
    const seqs = (await Promise.all(drafts.map((each) => ledger.append(each)))).map(({ seq }) => seq);
    return (await ledger.bodiesOf(seqs, signal)).map(({ body }) => ({ ...body, blind: '' }));
  }
  const hashOf = (content: object) => {
    const text = canonical(content);
    return { truncated: true, bytes: Buffer.byteLength(text), sha256: sha256Hex(text), blind: '' };
  };

  it('keeps whole what a call asks, and what is to be approved, and of the rest long content as its hash', async () => {
    const long = { params: { text: 'é'.repeat(30_000) } };
    const kinds = ['call.intent', 'approval.asked', 'call.denied', 'call.outcome'] as const;
    const whole = { ...long, blind: '' };
    expect(await keptOf(...kinds.map((kind) => asks(long, { kind })))).toEqual([
      whole,
      whole,
      hashOf(long),
      hashOf(long),
    ]);
  });

  it.each([
    ['call.intent', 73_728],
    ['approval.asked', 73_728],
    ['call.denied', 8192],
    ['call.outcome', 8192],
  ] as const)('keeps content of %s up to %i bytes and no further', async (kind, most) => {
    const fits = { text: 'x'.repeat(most - '{"text":""}'.length) };
    const isOver = { text: `${fits.text}x` };
    expect(await keptOf(asks(fits, { kind }), asks(isOver, { kind }))).toEqual([
      { ...fits, blind: '' },
      hashOf(isOver),
    ]);
  });

  it('keeps half characters as replacements', async () => {
    expect(await keptOf(asks({ params: { 'half\ud800': '\udc00' } }))).toEqual([
      { params: { 'half\ufffd': '\ufffd' }, blind: '' },
    ]);
  });

  it('puts its own blind in the place of one that was sent', async () => {
    const { ledger } = await opened();
    await ledger.append(asks({ blind: 'guessed' }));
    expect((await ledger.bodiesOf([1], signal))[0]?.body).toEqual({ blind: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
});
