import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Check } from '../../src-shared/contract/ui.ts';
import { defaultPort } from '../port-number.ts';
import { check } from './check.ts';

/** Whether the MCP endpoint is ours, or could be. */
export async function checkPort(mcpUrl: string | undefined): Promise<Check> {
  if (mcpUrl) return check('port', `ours: ${mcpUrl}`);
  const taken = [];
  for (const host of ['127.0.0.1', '::1']) if ((await listen(host, defaultPort)) === 'EADDRINUSE') taken.push(host);
  if (taken.length === 0) return check('port', `${defaultPort} is free`);
  return check('port', {
    wrong: `${defaultPort} is used by another program on ${taken.join(' and ')}`,
    remedy: 'Stop that program, name the home folder of the Bulkhead that runs with --home, or start with --port N.',
  });
}

/** For information: LLM tools that only try ::1 need it, and Bulkhead serves it where the machine has it. */
export async function checkIpv6(): Promise<Check> {
  const problem = await listen('::1', 0);
  return check(
    'IPv6 loopback',
    problem === undefined ? 'there' : `not there (${problem}): Bulkhead serves 127.0.0.1 alone`,
  );
}

/** Listens for a moment and lets go. Answers the system's name for what stands against it. */
async function listen(host: string, port: number): Promise<string | undefined> {
  const server = createServer().listen({ host, port });
  try {
    await once(server, 'listening', { signal: AbortSignal.timeout(2000) });
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  } finally {
    server.close();
  }
}
