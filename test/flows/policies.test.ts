// The policies that were in force on a device, over restarts, from the disk to an auditor.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Enrolment } from '../../src-shared/model/bundle.ts';
import { runCommand } from '../cli/run-command.ts';
import { type EnrolledHome, enrol, enrolHome } from './enrolled-home.ts';
import { type RunningApp, startApp } from './running-app.ts';

describe('the policies of an enrolled device', () => {
  let enrolled: EnrolledHome;
  let app: RunningApp | undefined;
  const issued: Enrolment[] = [];
  beforeAll(async () => {
    enrolled = await enrolHome();
  });
  afterAll(async () => {
    await app?.stop();
    await enrolled?.remove();
  });

  /** Starts anew, under a policy of this version and another key of the company, or under the one of before. */
  const start = async (version?: number): Promise<void> => {
    await app?.stop();
    if (version !== undefined) {
      issued.push(await enrol(undefined, { version }));
      writeFileSync(join(enrolled.folder, 'enrolment.json'), JSON.stringify(issued.at(-1)));
    }
    const env = { BULKHEAD_KEYSTORE: `file:${join(enrolled.home, 'keystore.json')}` };
    app = await startApp({ home: enrolled.home, isDemo: false, stdin: 'correct horse battery staple', env });
  };
  const hashOf = ({ bundle }: Enrolment): string => createHash('sha256').update(bundle).digest('hex');
  const fileOf = (version: number): string => join(folder(), `${hashOf(issued[version - 1]!)}.json`);
  const folder = (): string => join(enrolled.folder, 'policies');
  const isKept = async () => (await app?.operator.doctor(undefined))?.find(({ check }) => check === 'policy text')?.ok;

  /** The lines of the earlier policies in a new bundle, and the verdict on it. */
  const exported = async () => {
    const out = join(enrolled.home, 'evidence.tar');
    const home = ['--json', '--home', enrolled.home];
    const { key } = (await runCommand(['audit', 'key', ...home])).json as { key: string };
    await runCommand(['audit', 'export', '--format', 'bundle', '--out', out, ...home]);
    const { json } = await runCommand(['audit', 'verify', '--json', '--file', out, '--key', key]);
    return { lines: earlierIn(readFileSync(out)), verdict: json as object };
  };

  it('are all in its evidence, under the key of their day', async () => {
    for (const version of [1, 2, 3, undefined]) await start(version);
    const { lines, verdict } = await exported();
    expect(lines).toEqual(
      issued.slice(0, 2).map(({ bundle, tenantKey }, at) => ({
        version: at + 1,
        sha256: hashOf(issued[at]!),
        bundle,
        tenantKey,
      })),
    );
    expect(verdict).toMatchObject({ ok: true, policy: { version: 3 }, policies: { inForce: 3, withText: 3 } });
    expect(readdirSync(folder())).toEqual(issued.map((each) => `${hashOf(each)}.json`).toSorted());
    expect([folder(), fileOf(1)].map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(['700', '600']);
  });

  it('are said not to be kept where their files are gone or changed', async () => {
    rmSync(fileOf(1));
    writeFileSync(fileOf(2), readFileSync(fileOf(3)));
    const { lines, verdict } = await exported();
    expect(lines).toEqual(
      [1, 2].map((version) => ({ version, sha256: hashOf(issued[version - 1]!), why: 'not kept' })),
    );
    expect(verdict).toMatchObject({ ok: true, policies: { inForce: 3, withText: 1 } });
  });

  it('keep no work from being done where they cannot be written, and are at the next start', async () => {
    expect(await isKept()).toBe(true);
    renameSync(folder(), `${folder()}-before`);
    writeFileSync(folder(), 'no folder');
    await start(4);
    expect(await app?.operator.bindCustomer({ customer: 'MERI-7' })).toMatchObject({ code: 'MERI-7' });
    expect(await isKept()).toBe(false);
    expect(readFileSync(join(enrolled.home, 'logs/bulkhead.log'), 'utf8')).toContain('policy.unkept');
    rmSync(folder());
    renameSync(`${folder()}-before`, folder());
    await start();
    expect(await isKept()).toBe(true);
    expect((await exported()).verdict).toMatchObject({ ok: true, policies: { inForce: 4, withText: 2 } });
  });
});

function earlierIn(archive: Buffer): unknown[] {
  for (let at = 0; archive[at] !== 0; ) {
    const name = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const bytes = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    const text = archive.toString('utf8', at + 512, at + 512 + bytes);
    if (name === 'earlier-policies.jsonl')
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    at += 512 + Math.ceil(bytes / 512) * 512;
  }
  return [];
}
