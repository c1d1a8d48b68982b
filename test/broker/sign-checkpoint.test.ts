import { createHash, createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { deviceKeyFrom, makeDeviceKey } from '../../src-broker/device-key.ts';
import { signCheckpoint } from '../../src-broker/sign-checkpoint.ts';
import { Fault } from '../../src-shared/fault.ts';
import { codeOf, tenant } from './keys.ts';

const device = deviceKeyFrom(makeDeviceKey());
const origin = `bulkhead/${tenant}/${device.device}`;
const root = Buffer.alloc(32, 7).toString('base64');
const body = `${origin}\n42\n${root}\n`;
/** What was to be remembered. */
const advanced: unknown[] = [];
const signed = { advance: (last: unknown) => void advanced.push(last) };
beforeEach(() => void advanced.splice(0));

describe('signCheckpoint', () => {
  it('answers a signed note whose key id and signature a stranger can check', () => {
    const note = signCheckpoint(body, { tenant, device, signed });
    const [text = '', line = ''] = note.split('\n\n');
    expect(`${text}\n`).toBe(body);
    const [, name, blob = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? [];
    expect(name).toBe(origin);
    const bytes = Buffer.from(blob, 'base64');
    const keyId = createHash('sha256').update(`${origin}\n\u0001`).update(device.publicBytes).digest().subarray(0, 4);
    expect(bytes.subarray(0, 4)).toEqual(keyId);
    const publicKey = createPublicKey(device.privateKey);
    expect(verify(null, Buffer.from(body), publicKey, bytes.subarray(4))).toBe(true);
    expect(advanced).toEqual([{ size: 42, root }]);
  });

  it('answers nothing where what it signs cannot be kept, or must not be signed', async () => {
    const refusing = {
      advance: () => {
        throw new Fault('CHECKPOINT_REFUSED', 'no');
      },
    };
    expect(await codeOf(() => signCheckpoint(body, { tenant, device, signed: refusing }))).toBe('CHECKPOINT_REFUSED');
  });

  it('names the device by its public key', () => {
    const hash = createHash('sha256').update(device.publicBytes).digest('hex');
    expect(device.device).toBe(`dev-${hash.slice(0, 12)}`);
    expect(device.publicBytes.length).toBe(32);
  });

  it.each([
    ['another tenant', body.replace(tenant, 'southwind')],
    ['another device', body.replace(device.device, 'dev-000000000000')],
    ['no last line feed', body.trimEnd()],
    ['an extension line', `${body}more\n`],
    ['a second note', `${body}\n— ${origin} AAAA\n`],
    ['a size with leading zeroes', body.replace('\n42\n', '\n042\n')],
    ['a negative size', body.replace('\n42\n', '\n-1\n')],
    ['a short root', body.replace(root, Buffer.alloc(31).toString('base64'))],
    ['a root in another spelling', body.replace(root, root.replace('=', ''))],
    ['carriage returns', body.replaceAll('\n', '\r\n')],
    ['nothing', ''],
  ])('refuses %s', async (_, changed) => {
    expect(await codeOf(() => signCheckpoint(changed, { tenant, device, signed }))).toBe('CHECKPOINT_REFUSED');
    expect(advanced).toEqual([]);
  });
});
