import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Keyring, osKeystore } from '../../../src-broker/keystore/os-keystore.ts';
import { type ForkedBroker, forkBroker } from '../fork-broker.ts';
import { codeOf, tenant } from '../keys.ts';

interface Answers {
  getSecret?: () => Promise<number[] | null>;
  seen?: unknown[][];
}

function keyring({ getSecret = async () => null, seen = [] }: Answers): Keyring {
  return {
    AsyncEntry: class {
      constructor(...options: unknown[]) {
        seen.push(options);
      }
      getSecret = getSecret;
      setSecret = async () => {};
      deleteCredential = async () => true;
    },
  };
}

const onAbandoned = (): void => {};
const fails = (message: string) => () => Promise.reject(new Error(message));

describe('osKeystore', () => {
  it('pins the Secret Service where the library reads it', async () => {
    const seen: unknown[][] = [];
    await osKeystore({ load: async () => keyring({ seen }), onAbandoned }).get('northwind/kek');
    expect(seen).toEqual([['Bulkhead', 'northwind/kek', { linux: { store: 'secret-service' } }]]);
  });

  it('tells nothing there from not readable', async () => {
    const get = (getSecret: () => Promise<number[] | null>) =>
      osKeystore({ load: async () => keyring({ getSecret }), onAbandoned }, 50).get('northwind/kek');
    expect(await get(async () => null)).toBe(undefined);
    expect(await get(async () => [1, 2])).toEqual(Buffer.from([1, 2]));
    expect(await codeOf(() => get(fails('Secret Service: unlock prompt was dismissed')))).toBe('KEYCHAIN_LOCKED');
    expect(await codeOf(() => get(fails('DBus error: disconnected')))).toBe('KEYCHAIN_MISSING');
    expect(await codeOf(() => get(() => new Promise(() => {})))).toBe('KEYCHAIN_LOCKED');
  });

  it('fails only when used, where the native module is missing', async () => {
    const keystore = osKeystore({ load: fails('no such module'), onAbandoned });
    expect(await codeOf(() => keystore.get('northwind/kek'))).toBe('KEYCHAIN_MISSING');
  });
});

describe.runIf(process.platform === 'linux')('osKeystore without a session bus', () => {
  let broker: ForkedBroker | undefined;
  afterEach(() => broker?.end());

  it.each([
    ['no address', {}],
    ['a dead address', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
  ])('says KEYCHAIN_MISSING with %s, names the choices, and keeps nothing anywhere', async (_, env) => {
    const kernelKeys = () =>
      readFileSync('/proc/keys', 'utf8')
        .split('\n')
        .filter((line) => /: (user|keyring-rs|Bulkhead)/.test(line)).length;
    const before = kernelKeys();
    broker = forkBroker(env);
    const { control, folder, vaultFile } = broker;
    const opened = control.open({ tenant, keystore: { kind: 'os' }, vaultFile });
    await expect(opened).rejects.toMatchObject({
      code: 'KEYCHAIN_MISSING',
      remedy: expect.stringMatching(/BULKHEAD_KEYSTORE=file:<path>.*--demo/),
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(kernelKeys()).toBe(before);
    expect(readFileSync('/proc/keys', 'utf8')).not.toContain(join(tenant, 'kek'));
  });
});
