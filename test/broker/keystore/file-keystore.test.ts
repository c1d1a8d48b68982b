import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileKeystore } from '../../../src-broker/keystore/file-keystore.ts';
import { codeOf } from '../keys.ts';

let folder: string;
let path: string;
let asked: boolean[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystore-'));
  path = join(folder, 'keys.json');
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (passphrase = 'correct horse battery') =>
  fileKeystore(path, async (isNew) => {
    asked.push(isNew);
    return passphrase;
  });

describe('fileKeystore', () => {
  it('keeps values for the right passphrase, asked once a run', async () => {
    const keystore = open();
    expect(await keystore.get('a/kek')).toBe(undefined);
    await keystore.set('a/kek', Buffer.from('one'));
    await keystore.set('a/device', Buffer.from('two'));
    const again = open();
    expect(await again.get('a/kek')).toEqual(Buffer.from('one'));
    await again.delete('a/kek');
    expect(await again.get('a/kek')).toBe(undefined);
    expect(await again.get('a/device')).toEqual(Buffer.from('two'));
    expect(asked).toEqual([true, false]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain('device');
  });

  it('sees what another process wrote under the same passphrase', async () => {
    const [first, second] = [open(), open()];
    await first.set('a/kek', Buffer.from('one'));
    await second.set('b/kek', Buffer.from('two'));
    await first.set('a/device', Buffer.from('three'));
    expect(await open().get('b/kek')).toEqual(Buffer.from('two'));
  });

  it('refuses a wrong passphrase and leaves the file as it is', async () => {
    await open().set('a/kek', Buffer.from('one'));
    const before = readFileSync(path, 'utf8');
    expect(await codeOf(() => open('wrong horse').get('a/kek'))).toBe('KEYSTORE_PASSPHRASE');
    expect(await codeOf(() => open('wrong horse').set('a/kek', Buffer.from('x')))).toBe('KEYSTORE_PASSPHRASE');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('asks again when the file was replaced under it', async () => {
    const keystore = open();
    await keystore.set('a/kek', Buffer.from('one'));
    rmSync(path);
    await open().set('a/kek', Buffer.from('two'));
    expect(await keystore.get('a/kek')).toEqual(Buffer.from('two'));
    expect(asked).toEqual([true, true, false]);
  });

  it('refuses a short new passphrase, and a file that is not a keystore', async () => {
    expect(await codeOf(() => open('short').set('a/kek', Buffer.from('x')))).toBe('KEYSTORE_PASSPHRASE');
    writeFileSync(path, '{"v":1,"N":2}');
    expect(await codeOf(() => open().get('a/kek'))).toBe('KEYSTORE_UNREADABLE');
  });

  it('says so when the folder is not there', async () => {
    const keystore = fileKeystore(join(folder, 'none', 'keys.json'), async () => 'correct horse battery');
    await expect(keystore.set('a/kek', Buffer.from('x'))).rejects.toMatchObject({
      code: 'KEYSTORE_UNWRITABLE',
      message: expect.stringMatching(/no such file or folder \(ENOENT\)/),
    });
  });
});
