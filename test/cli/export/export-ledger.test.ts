// Where an export meets the disk: what is there before it, what it leaves behind, and when it is done.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { exportLedger } from '../../../src-cli/export/export-ledger.ts';
import type { ExportApi } from '../../../src-shared/export/source.ts';
import type { Wanted } from '../../../src-shared/export/write-export.ts';
import { makeFolder } from '../../ledger/folder.ts';
import { entry } from '../fake-app.ts';

const now = Date.UTC(2026, 10, 21, 12);
const wanted: Wanted = { format: 'jsonl', filter: {}, bodies: false, now };
let folder: string;
let calls: string[];
let stop: AbortController;
beforeEach(() => {
  folder = makeFolder();
  calls = [];
  stop = new AbortController();
});

/** A ledger of one entry. `onEntries` is called while it is asked for. */
const apiOf = (onEntries: () => Promise<void> | void = () => {}): ExportApi =>
  ({
    beginExport: async () => {
      calls.push('beginExport');
      return { entries: 1, note: 'n', isSigned: false, recorded: 2 };
    },
    entries: async () => {
      await onEntries();
      return { entries: [entry(1)], isEnd: true };
    },
  }) as unknown as ExportApi;
const exportTo = (name: string, api = apiOf()) =>
  exportLedger(api, wanted, { out: join(folder, name), interrupted: stop.signal });

describe('exportLedger', () => {
  it.skipIf(process.platform === 'win32')('is done also where its folder may only be written to', async () => {
    chmodSync(folder, 0o333);
    onTestFinished(() => chmodSync(folder, 0o755));
    // Root may read any folder, so somebody else writes where the tests are root.
    const other = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const target = fileURLToPath(new URL('../../../src-cli/export/export-ledger.ts', import.meta.url));
    const script = `const { exportLedger } = await import(${JSON.stringify(target)});
const api = { beginExport: async () => ({ entries: 0, note: 'n', isSigned: false, recorded: 1 }) };
const target = { out: ${JSON.stringify(join(folder, 'all.jsonl'))}, interrupted: new AbortController().signal };
console.log((await exportLedger(api, ${JSON.stringify(wanted)}, target)).out);`;
    const ran = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], other);
    expect((await ran).stdout.trim()).toBe(join(folder, 'all.jsonl'));
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual(['all.jsonl']);
  });

  it('refuses a place where something else than a file is, before it is on record', async () => {
    mkdirSync(join(folder, 'here'));
    await expect(exportTo('here')).rejects.toMatchObject({ code: 'EXPORT_UNWRITABLE' });
    expect([calls, readdirSync(folder)]).toEqual([[], ['here']]);
  });

  it('leaves nothing behind from the moment it is interrupted, so that whoever asks twice may end it at once', async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const exported = exportTo(
      'all.jsonl',
      apiOf(() => (asked.resolve(), answer.promise)),
    );
    await asked.promise;
    expect(readdirSync(folder)).toHaveLength(1);
    stop.abort();
    expect(readdirSync(folder)).toEqual([]);
    answer.resolve();
    await expect(exported).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what an export to the same place left that was killed, and nothing else', async () => {
    const hoursOld = { 'all.jsonl.0123abcd.part': 1.1, 'all.jsonl.fedc9876.part': 30 };
    const kept = {
      ...{ 'all.jsonl.00000000.part': 0.9, 'all.jsonl.part': 30, 'all.jsonl.0123abc.part': 30 },
      ...{ 'all.jsonl.0123abcd.part.txt': 30, 'some.jsonl.0123abcd.part': 30, 'allxjsonl.0123abcd.part': 30 },
    };
    for (const [name, hours] of Object.entries({ ...hoursOld, ...kept })) {
      writeFileSync(join(folder, name), 'x');
      const at = new Date(now - hours * 3_600_000);
      utimesSync(join(folder, name), at, at);
    }
    mkdirSync(join(folder, 'all.jsonl.abababab.part'));
    utimesSync(join(folder, 'all.jsonl.abababab.part'), new Date(0), new Date(0));
    await exportTo('all.jsonl');
    expect(readdirSync(folder).toSorted()).toEqual(
      [...Object.keys(kept), 'all.jsonl', 'all.jsonl.abababab.part'].toSorted(),
    );
    expect(readFileSync(join(folder, 'all.jsonl'), 'utf8')).toContain('"checkpoint":"n"');
  });
});
