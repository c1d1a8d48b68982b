// What a person names by mistake, or somebody who wants the verifier to wait, is no file: it is said, and nothing is waited for.
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Evidence, makeEvidence } from './evidence-fixture.ts';

let evidence: Evidence;
beforeEach(async () => {
  evidence = await makeEvidence();
  await evidence.exportTo('all.jsonl');
});

describe('audit verify --file, of what is no evidence at all', () => {
  const isPosix = process.platform !== 'win32';
  const named = async (path: string, option = '--file') => {
    const more = option === '--file' ? [] : ['--file', evidence.out('all.jsonl')];
    const ran = await evidence.run('verify', ...more, option, path);
    return ran.json as { error?: { code: string; message: string }; firstBad?: { problem: string } };
  };
  const unreadable = (message: string) => ({ error: { code: 'FILE_UNREADABLE', message } });

  it.each(['--file', '--checkpoint'])('says that it is a folder, or not there: %s', async (option) => {
    expect(await named(evidence.folder, option)).toMatchObject(unreadable('This is a folder, and not a file.'));
    for (const path of [evidence.out('none'), evidence.out('all.jsonl/none')])
      expect(await named(path, option)).toMatchObject(unreadable('There is no such file.'));
  });

  it.skipIf(!isPosix).each(['--file', '--checkpoint'])('waits for no pipe and reads no device: %s', async (option) => {
    execFileSync('mkfifo', [evidence.out('pipe')]);
    symlinkSync(evidence.out('pipe'), evidence.out('link'));
    for (const path of [evidence.out('pipe'), evidence.out('link'), '/dev/zero', '/dev/null'])
      expect(await named(path, option), path).toMatchObject(
        unreadable('This is a pipe or a device: only a file has an end to check.'),
      );
  });

  it.skipIf(!isPosix || process.getuid?.() === 0).each(['--file', '--checkpoint'])(
    'says that it may not be read: %s',
    async (option) => {
      writeFileSync(evidence.out('secret'), '', { mode: 0 });
      expect(await named(evidence.out('secret'), option)).toMatchObject(unreadable('You may not read this file.'));
    },
  );

  it('says that it is empty', async () => {
    writeFileSync(evidence.out('empty'), '');
    expect(await named(evidence.out('empty'))).toMatchObject({
      firstBad: { seq: 0, what: 'truncated', problem: 'The file is empty.' },
    });
    expect(await named(evidence.out('empty'), '--checkpoint')).toMatchObject({ error: { code: 'CHECKPOINT_INVALID' } });
  });
});
