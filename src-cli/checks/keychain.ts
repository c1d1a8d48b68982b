import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppState, Check } from '../../src-shared/contract/ui.ts';
import type { World } from '../world.ts';
import { check } from './check.ts';

/** Where the keys are kept (`open`: what a running app has opened), or would be. */
export function checkKeychain(
  { env, platform }: Pick<World, 'env' | 'platform'>,
  open: AppState['keystore'] | undefined,
): Check {
  const choice = env['BULKHEAD_KEYSTORE'] || 'os';
  if (open === 'memory') return check('keychain', 'not used: the demo keeps its credentials in memory');
  if (open !== undefined) return check('keychain', open === 'os' ? 'the system’s, open' : 'the passphrase file, open');
  if (choice === 'memory') return check('keychain', 'none: BULKHEAD_KEYSTORE=memory, for --demo only');
  if (choice.startsWith('file:')) return file(choice.slice('file:'.length));
  if (choice !== 'os') {
    return check('keychain', {
      wrong: 'BULKHEAD_KEYSTORE names no keystore',
      remedy: 'Use os, file:<path>, or with --demo also memory.',
    });
  }
  if (platform === 'darwin') return check('keychain', 'the macOS keychain; it is asked when Bulkhead starts');
  if (platform === 'win32')
    return check('keychain', 'the Windows Credential Manager; it is asked when Bulkhead starts');
  const bus = env['DBUS_SESSION_BUS_ADDRESS'] || existsSync(join(env['XDG_RUNTIME_DIR'] || '/nowhere', 'bus'));
  if (bus) return check('keychain', 'a session bus is there; its secret service is asked when Bulkhead starts');
  return check('keychain', {
    wrong: 'there is no session bus, so no secret service can be reached',
    remedy:
      'Log in to a desktop session, or set BULKHEAD_KEYSTORE=file:<path>. The demo (`start --demo`) does without.',
  });
}

function file(path: string): Check {
  if (existsSync(path)) return check('keychain', `the passphrase file ${path}`);
  if (existsSync(dirname(path))) return check('keychain', `the passphrase file ${path}, made at the first start`);
  return check('keychain', {
    wrong: `the folder of ${path} is not there`,
    remedy: 'Make it, or name another in BULKHEAD_KEYSTORE.',
  });
}
