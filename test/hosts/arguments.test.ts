import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src-main/node/arguments.ts';

const read = (argv: string[], env: Record<string, string> = {}, platform = 'linux', isStrict = true) =>
  readArguments({ argv, env, platform, isStrict });

describe('readArguments', () => {
  it('reads every option', () => {
    const argv = [
      '--home',
      '/h',
      '--port',
      '4100',
      '--window-port=0',
      '--demo',
      '--demo-data',
      '/d.json',
      '--demo-as',
      'helen.strand',
      '--no-open',
      '--operator-token-out',
      '/t',
    ];
    expect(read(argv)).toEqual({
      home: '/h',
      port: 4100,
      windowPort: 0,
      isDemo: true,
      demoData: '/d.json',
      demoAs: 'helen.strand',
      mayOpen: false,
      operatorTokenOut: '/t',
    });
  });

  it('has defaults for all of them', () => {
    expect(read([], { BULKHEAD_HOME: '/env' })).toEqual({
      home: '/env',
      port: 7421,
      windowPort: 0,
      isDemo: false,
      demoData: null,
      demoAs: null,
      mayOpen: true,
      operatorTokenOut: null,
    });
  });

  it("keeps a person's data where their system does", () => {
    expect(read([], {}).home).toBe(join(homedir(), '.local/share/bulkhead'));
    expect(read([], { XDG_DATA_HOME: '/x' }).home).toBe('/x/bulkhead');
    expect(read([], {}, 'darwin').home).toBe(join(homedir(), 'Library/Application Support/Bulkhead'));
  });

  it.each([
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '80x']],
    [['--port']],
    [['--unknown']],
    [['stray']],
    [['--demo=yes']],
  ])('refuses %j', (argv) => {
    expect(() => read(argv)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it("leaves Chromium's own switches alone in Electron, and still checks ours", () => {
    expect(read(['--no-sandbox', '--lang=de', 'x', '--demo'], {}, 'linux', false).isDemo).toBe(true);
    expect(() => read(['--home'], {}, 'linux', false)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
