import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stubApp = fileURLToPath(new URL('./stub-app.ts', import.meta.url));
const stubChild = fileURLToPath(new URL('./stub-child.ts', import.meta.url));

/**
 * Bundles the real entry files around the stub application, with the stub child under the name of every process, into a
 * folder laid out as `out/`. Lies in the checkout, so that packages are found.
 */
export async function buildStub(name: string): Promise<string> {
  const out = join(root, '.cache', 'hosts', name);
  await build({
    ...quiet,
    plugins: [stubAppPlugin],
    build: {
      ...plain,
      ssr: true,
      outDir: join(out, 'main'),
      rolldownOptions: {
        input: {
          index: join(root, 'src-main/index.ts'),
          headless: join(root, 'src-main/headless.ts'),
          worker: stubChild,
        },
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  await build({
    ...quiet,
    build: {
      ...plain,
      ssr: true,
      outDir: join(out, 'preload'),
      rolldownOptions: {
        input: { preload: join(root, 'src-preload/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  });

  const renderer = join(out, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), page);
  writeFileSync(join(renderer, 'assets', 'page.js'), script);
  writeFileSync(join(out, '..', 'package.json'), '{"type":"module","version":"0.0.0-stub"}');
  writeFileSync(join(out, 'secret.txt'), 'not a page');
  return out;
}

const quiet = { root, configFile: false, logLevel: 'error', publicDir: false, ssr: { noExternal: true } } as const;
const plain = { target: 'node24', minify: false, emptyOutDir: true } as const;

const stubAppPlugin: Plugin = {
  name: 'stub-app',
  enforce: 'pre',
  resolveId: (source, importer) => {
    const isApp = importer !== undefined && resolve(importer, '..', source) === join(root, 'src-main/app/start.ts');
    return isApp ? stubApp : null;
  },
};

const page = `<!doctype html><html lang="en"><head><title>stub</title></head><body>
<p id="out">waiting</p><script>document.title = 'inline script ran';</script>
<script type="module" src="./assets/page.js"></script></body></html>`;

/** Speaks to its host as the real window does. */
const script = `const out = document.getElementById('out');
const request = JSON.stringify({ type: 'request', id: 1, name: 'echo', input: 'hello' });
const show = (text) => { out.textContent = JSON.parse(text).value; };
if (window.bulkhead) { window.bulkhead.onMessage(show); window.bulkhead.post(request); }
else {
  const socket = new WebSocket('ws://' + location.host + location.pathname + 'rpc');
  socket.onopen = () => socket.send(request);
  socket.onmessage = ({ data }) => show(data);
}`;
