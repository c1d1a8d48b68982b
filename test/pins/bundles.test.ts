// What each process can load, read from the build itself (out/modules.json): a wall that the sources keep and the bundler
// breaks is no wall.

import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

type Reach = { chunks: string[]; modules: string[]; imports: string[] };
type Walls = { source: string; without?: readonly string[]; packages?: string[] };

const root = resolve(import.meta.dirname, '../..');
const built = JSON.parse(readFileSync(join(root, 'out/modules.json'), 'utf8')) as Record<string, Reach>;

const network = ['dgram', 'dns', 'http', 'http2', 'https', 'net', 'tls'];
const processes = ['child_process', 'cluster', 'inspector', 'repl'];
const powerful = ['electron', 'better-sqlite3', '@napi-rs/keyring', '@cedar-policy/cedar-wasm'];

// The builtins an entry must be without, and which of the powerful packages it may load.
const entries: Record<string, Walls> = {
  index: { source: 'src-main/index.ts', packages: ['electron'] },
  headless: { source: 'src-main/headless.ts' },
  gateway: {
    source: 'src-gateway/gateway.ts',
    without: ['fs', ...processes],
    packages: ['@cedar-policy/cedar-wasm'],
  },
  broker: { source: 'src-broker/broker.ts', without: [...network, ...processes], packages: ['@napi-rs/keyring'] },
  ledger: { source: 'src-ledger/ledger.ts', without: [...network, ...processes], packages: ['better-sqlite3'] },
  worker: { source: 'src-connectors/worker.ts', without: processes },
  demo: { source: 'src-demo/demo.ts' },
  vendors: { source: 'src-demo/vendors.ts' },
  bulkhead: { source: 'src-cli/bulkhead.ts' },
  preload: { source: 'src-preload/preload.ts', without: builtinModules, packages: ['electron'] },
  window: { source: 'src-renderer/index.html', without: builtinModules },
};

for (const [name, { source, without = [], packages = [] }] of Object.entries(entries)) {
  describe(`the ${name} bundle`, () => {
    const { chunks, modules, imports } = built[name] ?? { chunks: [], modules: [], imports: [] };
    const own = source.split('/')[0] ?? '';

    it('is built from its own folder', () => {
      expect(modules.some((module) => module.startsWith(`${own}/`))).toBe(true);
    });

    it('holds no other folder than its own and src-shared', () => {
      const folders = modules.map((module) => /^(?:src-[^/]+|test|bench|scripts|bin)(?=\/)/.exec(module)?.[0]);
      expect([...new Set(folders)].filter((folder) => folder && folder !== own && folder !== 'src-shared')).toEqual([]);
    });

    it('loads no other entry', () => {
      expect(chunks.filter((chunk) => Object.keys(entries).some((other) => isEntry(chunk, other, name)))).toEqual([]);
    });

    it('reaches no powerful package but its own', () => {
      const reached = powerful.filter((power) => [...imports, ...modules].some((id) => isFrom(id, power)));
      expect(reached.filter((power) => !packages.includes(power))).toEqual([]);
    });

    it('names no Node builtin that it must be without', () => {
      const named = imports.map((id) => id.replace(/^node:/, '').replace(/\/.*$/, ''));
      expect(without.filter((builtin) => named.includes(builtin))).toEqual([]);
    });
  });
}

describe('the window', () => {
  const page = join(root, 'out/renderer/index.html');

  it('has nothing inline, for a strict content security policy', () => {
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|(?:src|href)="data:/g)).toBeNull();
  });
});

function isEntry(chunk: string, other: string, self: string): boolean {
  return other !== self && chunk === `${other}.js`;
}

function isFrom(id: string, name: string): boolean {
  return id === name || id.startsWith(`${name}/`) || id.includes(`node_modules/${name}/`);
}
