import { record } from './record.ts';

type Handler = (request: Request) => Promise<Response> | Response;

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown): void => record('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, handler: Handler): void => void handlers.set(scheme, handler),
};

/** Chromium does not know `app:`, so pages live at `https:` and only we see the difference. */
export const toHttps = (url: string): string => url.replace(/^app:\/\//, 'https://');
export const toApp = (url: string): string => url.replace(/^https:\/\/bulkhead(?=\/|$)/, 'app://bulkhead');

/** What the application serves at an address; undefined for one that it does not handle. */
export async function serve(url: string, method = 'GET'): Promise<Response | undefined> {
  const address = toApp(url);
  return handlers.get(new URL(address).protocol.slice(0, -1))?.(new Request(address, { method }));
}
