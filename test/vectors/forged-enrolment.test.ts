// Whoever can write the home could write an enrolment. Only what the company's key signed makes a tenant.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Enrolment } from '../../src-shared/model/bundle.ts';
import { enrol, enrolHome, type EnrolledHome } from '../flows/enrolled-home.ts';
import { refusedStart } from '../flows/running-app.ts';

let home: EnrolledHome;
let file: string;
let genuine: Enrolment;
beforeEach(async () => {
  home = await enrolHome();
  file = join(home.folder, 'enrolment.json');
  genuine = JSON.parse(readFileSync(file, 'utf8')) as Enrolment;
});
afterEach(() => home.remove());

const start = () =>
  refusedStart({
    home: home.home,
    isDemo: false,
    env: { BULKHEAD_KEYSTORE: `file:${join(home.home, 'keys.json')}` },
    stdin: 'passphrase',
  });

/** The payload changed under the old signature, as someone would who has an editor and no key. */
function edited(jws: string, change: (claims: Record<string, unknown>) => void): string {
  const [header, payload = '', signature] = jws.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  change(claims);
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

describe('a forged enrolment', () => {
  it('does not start, whatever was changed in it', async () => {
    const other = await enrol();
    const forgeries: Record<string, Partial<Record<keyof Enrolment, string>>> = {
      'a manager now': { identity: edited(genuine.identity, (claims) => (claims['roles'] = ['manager'])) },
      'a customer more': { bundle: edited(genuine.bundle, (claims) => (claims['customers'] = [])) },
      'no end': { bundle: edited(genuine.bundle, (claims) => (claims['expires'] = '2099-01-01T00:00:00Z')) },
      'another company’s bundle': { bundle: other.bundle },
      'another company’s identity': { identity: other.identity },
      'a key of the forger': { tenantKey: other.tenantKey },
      'another tenant': { tenant: 'other' },
      'bundle for identity': { identity: genuine.bundle },
      'no signature': { bundle: genuine.bundle.replace(/\.[^.]*$/, '.') },
    };
    for (const [what, change] of Object.entries(forgeries)) {
      writeFileSync(file, JSON.stringify({ ...genuine, ...change }));
      const { code, stderr } = await start();
      expect([code, stderr.includes('(ENROLMENT_INVALID)')], `${what}: ${stderr}`).toEqual([1, true]);
    }
    expect(existsSync(join(home.home, 'run/app.json'))).toBe(false);
    expect(existsSync(join(home.folder, 'ledger.db'))).toBe(false);
  });

  it('does not start when the file is no enrolment, and keeps the file', async () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"tenant":"northway-demo"}',
      JSON.stringify({ ...genuine, extra: 1 }),
    ]) {
      writeFileSync(file, text);
      const { code, stderr } = await start();
      expect([code, stderr.includes('(ENROLMENT_INVALID)')], text.slice(0, 30)).toEqual([1, true]);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });
});
