import { describe, expect, it } from 'vitest';
import { homeFolder } from '../../src-cli/home.ts';
import { runCommand } from './run-command.ts';

describe('wrong usage', () => {
  it.each([
    '',
    'frobnicate',
    'approval',
    'approval list extra',
    'approval approve',
    'approval approve 7',
    'approval approve ap-0000000000000001 --for 20',
    'approval deny ap-0000000000000001 --as /nowhere',
    'approval withdraw 7',
    'customer',
    'customer bind',
    'customer list extra',
    'status --jsonx',
    'start --port 70000',
    'start --port x',
    'start --demo-data file',
    'start --demo-as helen.strand',
    'call tool [1]',
    'call tool {"a"',
    'audit tail -n 0',
    'audit export',
    'audit export --out f --from yesterday',
    'demo vendors --port -1',
    `client add ${'n'.repeat(61)}`,
  ])('exits 2 with one plain line: bulkhead %s', async (words) => {
    const ran = await runCommand(words.split(' ').filter((word) => word !== ''));
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/^[^\n]+ \(USAGE\)$/);
    expect(ran.stderr).not.toMatch(/^error/i);
  });

  it('is a document too with --json', async () => {
    const ran = await runCommand(['customer', 'bind', '--json']);
    expect([ran.code, ran.json]).toEqual([
      2,
      {
        error: { code: 'USAGE', message: "Missing required argument 'id-or-code'.", remedy: 'See `bulkhead --help`.' },
      },
    ]);
  });

  it.each(['clientSecret=hunter2', '--secret=hunter2'])(
    'does not repeat a credential that was given as an argument: %s',
    async (word) => {
      const ran = await runCommand(['connector', 'credential', 'set', 'halo', word]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).not.toContain('hunter2');
    },
  );
});

describe('help', () => {
  it('goes to stdout and exits 0', async () => {
    const ran = await runCommand(['--help']);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    for (const name of ['start', 'status', 'customer', 'client', 'call', 'connector', 'audit', 'demo', 'doctor']) {
      expect(ran.stdout).toContain(`\n  ${name} `);
    }
  });
});

describe('homeFolder', () => {
  const on = (platform: string, env = {}) => homeFolder({ platform, env, userHome: '/home/anna' });
  it('is where the system keeps a person’s data', () => {
    expect(on('linux')).toBe('/home/anna/.local/share/bulkhead');
    expect(on('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/bulkhead');
    expect(on('darwin')).toBe('/home/anna/Library/Application Support/Bulkhead');
    expect(on('win32', { LOCALAPPDATA: '/local' })).toBe('/local/Bulkhead');
  });
  it('is the one named, before BULKHEAD_HOME', () => {
    expect(on('linux', { BULKHEAD_HOME: '/b' })).toBe('/b');
    expect(homeFolder({ platform: 'linux', env: { BULKHEAD_HOME: '/b' }, userHome: '/' }, '/named')).toBe('/named');
  });
});
