import { protocol } from 'electron';
import { pageHeaders } from '../page-headers.ts';
import type { RendererFiles } from '../node/renderer-files.ts';

export const appOrigin = 'app://bulkhead';

/** Must run before Electron is ready: makes `app:` a scheme with origins, as https is. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** Serves the built window, and nothing else, at `app://bulkhead/`. */
export function serveAppScheme(files: RendererFiles): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const isServed = url.host === 'bulkhead' && (request.method === 'GET' || request.method === 'HEAD');
    const file = isServed ? await files.read(url.pathname) : undefined;
    if (file === undefined) return new Response('There is no such page.', { status: 404, headers: pageHeaders });
    return new Response(file.body, { headers: { ...pageHeaders, 'content-type': file.type } });
  });
}
