import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../src-shared/canonical.ts';
import { Fault } from '../../src-shared/fault.ts';
import { checkpointBody } from '../../src-shared/merkle/checkpoint.ts';
import { emptyFrontier, grow, rootOf } from '../../src-shared/merkle/tree.ts';
import { CrossCode } from '../../src-shared/model/cross.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { entry, type FakeApp, fakeApp } from './fake-app.ts';
import { runCommand } from './run-command.ts';

let app: FakeApp;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-audit-'));
});
afterEach(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A ledger with real hashes, and the checkpoint of all of it. */
function ledger(count: number, text = 'x'): { entries: Entry[]; note: string } {
  const entries: Entry[] = [];
  let prev = '0'.repeat(64);
  let tree = emptyFrontier;
  for (let seq = 1; seq <= count; seq += 1) {
    const { leaf: _, ...hashed } = entry(seq, { prev, params: { text } });
    const leaf = createHash('sha256')
      .update(`\u0000${canonical(hashed)}`)
      .digest();
    entries.push({ ...hashed, leaf: leaf.toString('hex') });
    prev = leaf.toString('hex');
    tree = grow(tree, leaf, sha256);
  }
  return {
    entries,
    note: checkpointBody({ origin: 'bulkhead/northway/laptop-1', size: count, root: rootOf(tree, sha256) }),
  };
}

async function appWith(count: number, more: Parameters<typeof fakeApp>[0] = {}, text = 'x') {
  const { entries, note } = ledger(count, text);
  app = await fakeApp(
    { beginExport: () => ({ entries: count, note, isSigned: false, recorded: count + 1 }), ...more },
    entries,
  );
  return entries;
}

describe('audit tail', () => {
  it('shows the last entries, newest last, over several pages', async () => {
    const entries = await appWith(1200);
    const { json } = await runCommand(['audit', 'tail', '-n', '1100', '--json', '--home', app.home]);
    expect(json).toEqual(entries.slice(100));
  });

  it('shows twenty lines for people', async () => {
    await appWith(30);
    const { stdout } = await runCommand(['audit', 'tail', '--home', app.home]);
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe(
      '    30  2026-11-21T09:00:00.000Z  call.intent        MERI-7     Anna (operator)  {"text":"x"}',
    );
  });

  it('says of a call what anyone may read, and how it ended', async () => {
    const result = { records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 1 };
    const body = { commitment: 'c'.repeat(64), salt: 'd'.repeat(32) };
    const call = { tool: 'ticket_list', body };
    const tombstone = { because: 'key', bodies: 2, upTo: 4, customers: ['MERI-7'] };
    const alert = { alert: 'bodies-read', entries: 1, from: 1, to: 1 };
    app = await fakeApp({}, [
      entry(1, call),
      entry(2, { ...call, kind: 'call.outcome', ref: 1, result: { ...result, status: 'ok', records: 3, dropped: 2 } }),
      entry(3, { tool: 'ticket_list', kind: 'call.outcome', ref: 9, result: { ...result, status: 'interrupted' } }),
      entry(4, { ...call, kind: 'approval.asked', params: { approval: 'ap-1', needed: 1, have: 0 } }),
      entry(5, { ...call, kind: 'approval.decided', params: { approval: 'ap-1', outcome: 'denied', have: 0 } }),
      entry(6, {
        ...call,
        kind: 'approval.decided',
        params: { standing: 'st-1', approval: 'ap-1', outcome: 'expired' },
      }),
      entry(7, { ...call, kind: 'call.denied', customer: null, cross: CrossCode.parse('CROSS-1') }),
      entry(8, { kind: 'retention.tombstone', params: tombstone }),
      entry(9, { kind: 'alert', params: alert }),
    ]);
    const { stdout } = await runCommand(['audit', 'tail', '--home', app.home]);
    expect(stdout.split('\n').map((line) => line.slice(34))).toEqual([
      'call.intent        MERI-7     Anna (operator)  ticket_list',
      'call.outcome       MERI-7     Anna (operator)  ticket_list  ok 3 records, 2 dropped',
      'call.outcome       MERI-7     Anna (operator)  ticket_list  interrupted',
      'approval.asked     MERI-7     Anna (operator)  ticket_list  ap-1',
      'approval.decided   MERI-7     Anna (operator)  ticket_list  ap-1  denied',
      'approval.decided   MERI-7     Anna (operator)  ticket_list  st-1  expired',
      'call.denied        CROSS-1    Anna (operator)  ticket_list',
      `retention.tombstone  MERI-7     Anna (operator)  ${JSON.stringify(tombstone)}`,
      `alert              MERI-7     Anna (operator)  ${JSON.stringify(alert)}`,
    ]);
  });

  it('says which cause a denial had, where the entry names one of its code', async () => {
    const suspended = [{ gate: 'customer' as const, ok: false, code: 'CLIENT_SUSPENDED' as const, ms: 1 }];
    const call = { tool: 'ticket_list', kind: 'call.denied' as const, gates: suspended };
    app = await fakeApp({}, [
      entry(1, { ...call, params: { because: 'ai-stopped' } }),
      entry(2, { ...call, params: { because: 'worker-ended' } }),
      entry(3, call),
    ]);
    const { stdout } = await runCommand(['audit', 'tail', '--home', app.home]);
    expect(stdout.split('\n').map((line) => line.split('ticket_list  ')[1])).toEqual([
      'denied at customer CLIENT_SUSPENDED (ai-stopped)',
      'denied at customer CLIENT_SUSPENDED',
      'denied at customer CLIENT_SUSPENDED',
    ]);
  });

  it('follows until the person interrupts', async () => {
    const entries = await appWith(3);
    const stop = new AbortController();
    const seen: number[] = [];
    const ran = await runCommand(['audit', 'tail', '-n', '1', '--follow', '--json', '--home', app.home], {
      interrupted: stop.signal,
      onPrint: (line) => {
        seen.push((JSON.parse(line) as Entry).seq);
        if (seen.length === 3) return stop.abort();
        const seq = entries.length + 1;
        app.entries.push(entry(seq));
        app.emit('grew', { entries: seq });
      },
    });
    expect([ran.code, seen, ran.stderr]).toEqual([0, [3, 4, 5], '']);
  });
});

describe('audit verify --file', () => {
  it('calls a table a table, and no evidence that was tampered with', async () => {
    await appWith(3);
    const out = join(folder, 'all.csv');
    await runCommand(['audit', 'export', '--format', 'csv', '--out', out, '--home', app.home]);
    const { code, stderr } = await runCommand(['audit', 'verify', '--file', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^This is a table for reading: it has no checkpoint/);
    expect(stderr).not.toMatch(/First bad entry|cut short|changed/);
    const { json } = await runCommand(['audit', 'verify', '--file', out, '--json']);
    expect(json).toMatchObject({ ok: false, isProven: false, firstBad: { seq: 0, what: 'missing' } });
  });
});

describe('audit export', () => {
  const exportTo = (out: string, ...more: string[]) =>
    runCommand(['audit', 'export', '--out', out, '--json', '--home', app.home, ...more]);

  it('writes every entry and the checkpoint, for the owner alone, and verifies', async () => {
    const entries = await appWith(1203, {}, 'a\u2028b\u0085');
    const out = join(folder, 'all.jsonl');
    const ran = await exportTo(out);
    expect([ran.code, ran.json]).toEqual([
      0,
      { out, format: 'jsonl', entries: 1203, checkpoint: 1203, isSigned: false, recorded: 1204 },
    ]);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line) as unknown)).toEqual(entries);
    expect(Object.keys(JSON.parse(lines.at(-1)!) as object)).toEqual(['checkpoint']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['all.jsonl']);
    const verified = await runCommand(['audit', 'verify', '--file', out, '--json']);
    expect([verified.code, verified.json]).toEqual([
      0,
      {
        ok: true,
        entries: 1203,
        isComplete: true,
        isProven: true,
        signature: 'none',
        covered: 1203,
        lastAt: entries.at(-1)?.at,
      },
    ]);
  });

  it('asks for a page at a time', async () => {
    await appWith(1203);
    await exportTo(join(folder, 'all.jsonl'));
    const asked = app.calls.filter(([name]) => name === 'entries').map(([, input]) => input);
    expect(asked).toEqual([0, 500, 1000].map((after) => ({ after, before: 1204, limit: 500, filter: {} })));
  });

  it('ends where its checkpoint ends, whatever is recorded meanwhile', async () => {
    const entries = await appWith(5);
    entries.push(entry(6));
    app.entries.push(entry(6));
    const ran = await exportTo(join(folder, 'all.jsonl'));
    expect(ran.json).toMatchObject({ entries: 5, checkpoint: 5 });
  });

  it('states its filter, days as whole days in UTC', async () => {
    await appWith(3);
    const out = join(folder, 'part.jsonl');
    await exportTo(
      out,
      '--from',
      '2026-11-20',
      '--to',
      '2026-11-21',
      '--customer',
      'MERI-7',
      '--technician',
      'Anna',
      '--cross',
      'CROSS-3',
    );
    const filter = {
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T23:59:59.999Z',
      customer: 'MERI-7',
      technician: 'Anna',
      cross: 'CROSS-3',
    };
    expect(app.calls.find(([name]) => name === 'entries')?.[1]).toMatchObject({ filter });
    expect(JSON.parse(readFileSync(out, 'utf8').trimEnd().split('\n').at(-1)!)).toMatchObject({ filter });
  });

  it('leaves the old file and nothing else when it fails half way', async () => {
    const { entries } = ledger(600);
    await appWith(1203, {
      entries: ({ after = 0 }) => {
        if (after > 0) throw new Fault('LEDGER_DAMAGED', 'An entry of the ledger is not readable.');
        return { entries: entries.slice(0, 500), isEnd: false };
      },
    });
    const out = join(folder, 'all.jsonl');
    writeFileSync(out, 'older');
    const ran = await exportTo(out);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'LEDGER_DAMAGED' } }]);
    expect([readdirSync(folder), readFileSync(out, 'utf8')]).toEqual([['all.jsonl'], 'older']);
  });

  it('fails when the ledger does not give all it vouches for', async () => {
    const { entries } = ledger(3);
    await appWith(5, { entries: () => ({ entries, isEnd: true }) });
    const ran = await exportTo(join(folder, 'all.jsonl'));
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'EXPORT_INCOMPLETE' } }]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is on record before the first entry is read, and does not begin when it cannot be', async () => {
    await appWith(3, {
      beginExport: () => {
        throw new Fault('LEDGER_UNWRITABLE', 'The disk is full.');
      },
    });
    const ran = await exportTo(join(folder, 'all.jsonl'), '--customer', 'MERI-7');
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'LEDGER_UNWRITABLE' } }]);
    const begun = ['beginExport', { format: 'jsonl', filter: { customer: 'MERI-7' }, bodies: false }];
    expect([app.calls, readdirSync(folder)]).toEqual([[begun], []]);
  });

  it('says that it needs the app: nothing else could record it', async () => {
    await appWith(0);
    const home = join(folder, 'nobody');
    const ran = await runCommand(['audit', 'export', '--out', join(folder, 'x'), '--json', '--home', home]);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'NOT_RUNNING' } }]);
  });

  it('fails plainly where it cannot write', async () => {
    await appWith(1);
    const ran = await exportTo(join(folder, 'none', 'all.jsonl'));
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'EXPORT_UNWRITABLE' } }]);
  });
});

describe('audit verify', () => {
  it('exits 1 and names the first bad entry', async () => {
    const verdict = { ok: false, entries: 4, firstBad: { seq: 5, problem: 'Entry 5 was changed.' } };
    await appWith(0, { verifyLedger: () => verdict });
    const ran = await runCommand(['audit', 'verify', '--json', '--home', app.home]);
    expect([ran.code, ran.json, ran.stderr]).toEqual([1, verdict, 'First bad entry: 5. Entry 5 was changed.']);
  });

  it('names the first bad entry of an export', async () => {
    await appWith(4);
    const out = join(folder, 'all.jsonl');
    await runCommand(['audit', 'export', '--out', out, '--home', app.home]);
    writeFileSync(out, readFileSync(out, 'utf8').replace('"seq":3,"at":"2026', '"seq":3,"at":"2025'));
    const ran = await runCommand(['audit', 'verify', '--file', out, '--json']);
    expect([ran.code, ran.json]).toMatchObject([1, { ok: false, entries: 2, firstBad: { seq: 3, what: 'changed' } }]);
    expect(ran.stderr).toBe('First bad entry: 3 (changed). Entry 3 was changed: it does not give its leaf.');
  });

  it('fails for a file that is not there', async () => {
    await appWith(0);
    const ran = await runCommand(['audit', 'verify', '--file', join(folder, 'none'), '--json']);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'FILE_UNREADABLE' } }]);
  });

  it('fails when the home has no ledger', async () => {
    await appWith(0);
    mkdirSync(join(folder, 'tenants', 'northway'), { recursive: true });
    const ran = await runCommand(['audit', 'verify', '--json', '--home', folder]);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'LEDGER_MISSING' } }]);
  });
});
