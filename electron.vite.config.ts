// Builds every process of the house into out/: the Node processes (main), the preload and the window.
//
// All our packages are bundled; only what package.json lists under "dependencies" (native or wasm) stays outside, and so
// do Electron and Node's builtins. out/modules.json says what went into each entry; test/pins/bundles.test.ts reads it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin, Rolldown } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const inRoot = (path: string): string => resolve(root, path);

const processes = present({
  index: 'src-main/index.ts',
  headless: 'src-main/headless.ts',
  gateway: 'src-gateway/gateway.ts',
  broker: 'src-broker/broker.ts',
  ledger: 'src-ledger/ledger.ts',
  worker: 'src-connectors/worker.ts',
  demo: 'src-demo/demo.ts',
  vendors: 'src-demo/vendors.ts',
  bulkhead: 'src-cli/bulkhead.ts',
});
const preload = present({ preload: 'src-preload/preload.ts' });
const page = present({ window: 'src-renderer/index.html' });

const main = {
  plugins: [moduleList()],
  build: {
    target: 'node24',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: processes,
      // Optional accelerators of ws, never installed; ws asks for them inside a try.
      external: ['bufferutil', 'utf-8-validate'],
      output: { format: 'es' as const, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

// A sandboxed preload must be CommonJS.
const bridge = {
  plugins: [moduleList()],
  build: {
    target: 'node24',
    minify: false,
    externalizeDeps: false,
    rolldownOptions: { input: preload, output: { format: 'cjs' as const, entryFileNames: '[name].cjs' } },
  },
};

// For a strict content security policy: nothing inline, no data: URLs, no preload polyfill.
const renderer = {
  root: inRoot('src-renderer'),
  plugins: [react(), moduleList()],
  build: {
    target: 'chrome150',
    minify: 'oxc' as const,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: false as const,
    rolldownOptions: { input: page },
  },
};

// electron-vite takes a section without input for an error; a folder that is not written yet is not one.
export default defineConfig({
  ...(isEmpty(processes) ? {} : { main }),
  ...(isEmpty(preload) ? {} : { preload: bridge }),
  ...(isEmpty(page) ? {} : { renderer }),
});

function present(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([name, file]) => [name, inRoot(file)] as const)
      .filter(([, file]) => existsSync(file)),
  );
}

function isEmpty(entries: Record<string, string>): boolean {
  return Object.keys(entries).length === 0;
}

/** Adds {entry: {chunks, modules, imports}} of this build to out/modules.json: everything the entry can load. */
function moduleList(): Plugin {
  return {
    name: 'bulkhead:module-list',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      const file = resolve(dir, '../modules.json');
      const list: Record<string, unknown> = existsSync(file)
        ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
        : {};
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) list[chunk.name] = reach(chunk, bundle);
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
    },
  };
}

function reach(entry: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle) {
  const chunks = new Set([entry.fileName]);
  const modules = new Set<string>();
  const imports = new Set<string>();
  for (const fileName of chunks) {
    const chunk = bundle[fileName];
    if (chunk?.type !== 'chunk') {
      imports.add(fileName);
      chunks.delete(fileName);
      continue;
    }
    // A bundled CommonJS package asks for builtins by a call that the list of imports does not hold.
    for (const [, id] of chunk.code.matchAll(/\b__require\("([^"]+)"\)/g)) if (id) imports.add(id);
    for (const id of chunk.moduleIds) modules.add(id.replace(`${root}/`, '').replaceAll('\0', ''));
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) chunks.add(next);
  }
  return { chunks: [...chunks].sort(), modules: [...modules].sort(), imports: [...imports].sort() };
}
