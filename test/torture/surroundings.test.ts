import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Complaints, oversized, strangeFiles } from './surroundings.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bulkhead-surroundings-'));
  for (const folder of ['run', 'logs', 'tenants/northway/vault']) mkdirSync(join(home, folder), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const write = (path: string, text = ''): void => writeFileSync(join(home, path), text);

describe('strangeFiles', () => {
  it('knows the files of a home, and what an atomic write leaves when it is killed', () => {
    for (const path of ['run/app.json', 'logs/bulkhead.log', 'tenants/northway/desk.json.new']) write(path);
    expect(strangeFiles(home)).toEqual([]);
    write('tenants/northway/ledger.db.copy');
    expect(strangeFiles(home)).toEqual(['tenants/northway/ledger.db.copy is left in the home folder']);
  });
});

describe('oversized', () => {
  it('complains of a ledger that is larger than its entries, and of a log that is never taken in', () => {
    const folder = join(home, 'tenants/northway');
    for (const name of ['ledger.db', 'ledger.db-wal']) write(`tenants/northway/${name}`);
    truncateSync(join(folder, 'ledger.db'), 10 * 1024 * 1024);
    truncateSync(join(folder, 'ledger.db-wal'), 100 * 1024 * 1024);
    expect(oversized(folder, 1000)).toHaveLength(2);
    expect(oversized(folder, 10_000)).toHaveLength(1);
  });
});

describe('Complaints', () => {
  const ended = (facts: object): string => `${JSON.stringify({ event: 'process.ended', lastWords: '', ...facts })}\n`;

  it('tells each process that fell by itself once, and none that was killed or followed its supervisor', () => {
    const log = join(home, 'logs/bulkhead.log');
    const complaints = new Complaints(home, join(home, 'words'));
    expect(complaints.since()).toEqual([]);
    appendFileSync(log, ended({ signal: 'SIGKILL', code: null }) + ended({ signal: null, code: 0 }));
    expect(complaints.since()).toEqual([]);
    appendFileSync(log, ended({ signal: null, code: 1 }) + ended({ signal: 'SIGSEGV', code: null }));
    appendFileSync(log, ended({ signal: 'SIGKILL', code: null, lastWords: 'Error\n    at f (x.js:1:1)' }));
    expect(complaints.since()).toHaveLength(3);
    expect(complaints.since()).toEqual([]);
  });

  it('tells of a stack trace on stderr', () => {
    const words = join(home, 'words');
    const complaints = new Complaints(home, words);
    writeFileSync(words, 'The port is taken. (PORT_TAKEN)\n');
    expect(complaints.since()).toEqual([]);
    appendFileSync(words, 'Error: oh\n    at f (x.js:1:1)\n');
    expect(complaints.since()).toEqual(['a stack trace was shown to whoever started the app:     at f (x.js:1:1)']);
  });
});
