// Plants one violation of each wall in a small house of its own and shows that the rules catch exactly those.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Report = { summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] } };

const root = resolve(import.meta.dirname, '../..');

// What each file of the small house imports. The first group keeps the rules (a cycle is reported once, on the egg), the
// second breaks one each.
const lawful: Record<string, string[]> = {
  'src-shared/value.ts': ['zod', '@noble/hashes/sha2.js'],
  'src-shared/node/file.ts': ['node:fs'],
  'src-gateway/gateway.ts': ['node:fs', './server.ts', '../src-shared/node/file.ts'],
  'src-gateway/server.ts': ['node:http', './mcp.ts', '../src-shared/value.ts', '@cedar-policy/cedar-wasm/nodejs'],
  'src-gateway/mcp.ts': ['@modelcontextprotocol/server'],
  'src-gateway/proofs.ts': [],
  'src-gateway/gates/customer.ts': ['../proofs.ts', '../../src-shared/value.ts'],
  'src-ledger/log.ts': ['better-sqlite3', 'node:crypto', 'node:fs/promises'],
  'src-connectors/egress.ts': ['node:os'],
  'src-main/electron/window.ts': ['electron', 'node:path'],
  'src-cli/verifier/walk.ts': ['./tree.ts'],
  'src-cli/verifier/tree.ts': ['node:crypto', 'node:fs/promises'],
  'src-demo/hen.ts': ['./egg.ts'],
  'src-main/app/switcher.ts': ['../../src-shared/value.ts'],
};
const planted: Record<string, { imports: string[]; breaks: string }> = {
  'src-renderer/main.tsx': { imports: ['../src-main/app/switcher.ts'], breaks: 'one-folder-one-process' },
  'src-shared/leak.ts': { imports: ['../src-gateway/proofs.ts'], breaks: 'one-folder-one-process' },
  'src-cli/borrow.ts': { imports: ['../scripts/tool.ts'], breaks: 'one-folder-one-process' },
  'src-shared/heavy.ts': { imports: ['commander'], breaks: 'shared-packages' },
  'src-shared/wire.ts': { imports: ['./node/file.ts'], breaks: 'shared-node-corner' },
  'src-shared/clock.ts': { imports: ['node:timers'], breaks: 'builtins-of-shared' },
  'src-gateway/gates/policy.ts': { imports: ['./customer.ts'], breaks: 'gates-stand-alone' },
  'src-gateway/gates/quota.ts': { imports: ['zod'], breaks: 'gates-stand-alone' },
  'src-gateway/disk.ts': { imports: ['node:fs'], breaks: 'builtins-of-gateway' },
  'src-gateway/tenant-files.ts': { imports: ['node:fs/promises'], breaks: 'builtins-of-gateway' },
  'src-broker/listen.ts': { imports: ['node:http'], breaks: 'builtins-of-broker' },
  'src-ledger/phone.ts': { imports: ['node:net'], breaks: 'builtins-of-ledger' },
  'src-connectors/halopsa/shell.ts': { imports: ['node:child_process'], breaks: 'builtins-of-connectors' },
  'src-cli/verifier/leaf.ts': { imports: ['../../src-shared/value.ts'], breaks: 'verifier-stands-alone' },
  'src-cli/verifier/told.ts': { imports: ['../borrow.ts'], breaks: 'verifier-stands-alone' },
  'src-cli/verifier/ask.ts': { imports: ['node:https'], breaks: 'verifier-stands-alone' },
  'src-cli/verifier/text.ts': { imports: ['zod'], breaks: 'verifier-stands-alone' },
  'src-main/app/host.ts': { imports: ['../electron/window.ts'], breaks: 'app-knows-no-host' },
  'src-main/app/path.ts': { imports: ['node:path'], breaks: 'builtins-of-main' },
  'src-main/app/dialog.ts': { imports: ['electron'], breaks: 'only-electron hosts' },
  'src-preload/reach.ts': { imports: ['node:fs'], breaks: 'builtins-of-preload' },
  'src-renderer/disk.ts': { imports: ['node:fs'], breaks: 'builtins-of-renderer' },
  'src-gateway/tools.ts': { imports: ['@modelcontextprotocol/server'], breaks: 'only-src-gateway/mcp' },
  'src-main/node/rules.ts': { imports: ['@cedar-policy/cedar-wasm/nodejs'], breaks: 'only-src-gateway' },
  'src-main/node/keys.ts': { imports: ['@napi-rs/keyring'], breaks: 'only-src-broker' },
  'src-broker/store.ts': { imports: ['better-sqlite3'], breaks: 'only-src-ledger' },
  'src-demo/lost.ts': { imports: ['./nowhere.ts'], breaks: 'resolvable' },
  'src-demo/egg.ts': { imports: ['./hen.ts'], breaks: 'no-cycle' },
};

describe('boundaries', () => {
  const house = mkdtempSync(join(tmpdir(), 'bulkhead-walls-'));
  let report: Report;

  beforeAll(() => {
    const files = { ...lawful, ...mapValues(planted, ({ imports }) => imports), 'scripts/tool.ts': [] };
    for (const [file, imports] of Object.entries(files)) write(join(house, file), imports);
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    report = cruise(house);
  });

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('reads every file of the house', () => {
    expect(report.summary.totalCruised).toBeGreaterThanOrEqual(Object.keys({ ...lawful, ...planted }).length);
  });

  it('catches each planted violation and nothing else', () => {
    const caught = report.summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`);
    const expected = Object.entries(planted).map(([file, { breaks }]) => `${file} breaks ${breaks}`);
    expect([...new Set(caught)].sort()).toEqual(expected.sort());
  });
});

function write(file: string, imports: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  // Types only: even a type may not cross a wall. The cycle needs values.
  const keyword = /egg|hen/.test(file) ? 'import' : 'import type';
  const lines = imports.map((from, index) => `${keyword} * as import${index} from '${from}';`);
  writeFileSync(file, [...lines, `export const used = 1;`].join('\n'));
}

function cruise(cwd: string): Report {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', ...folders()];
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })) as Report;
}

function folders(): string[] {
  return [...new Set(Object.keys({ ...lawful, ...planted }).map((file) => file.split('/')[0] ?? ''))];
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
