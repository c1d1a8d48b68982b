import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { workerControl } from '../../src-shared/contract/worker.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Host } from '../host.ts';
import { workerOptions } from './child-options.ts';

/** Milliseconds a worker may take to start and to tell what it has. */
const deadlineMs = 30_000;

interface Described {
  readonly connectors: ConnectorDescription[];
  readonly tools: ToolDefinition[];
}

/**
 * Asks a worker that will never be bound what tools this build has. It is given nothing and ends at once.
 * @throws Fault PROCESS_SLOW
 */
export async function describeTools(host: Pick<Host, 'spawn'>): Promise<Described> {
  const child = await host.spawn(workerOptions);
  try {
    return await client(workerControl, child.port).describe(undefined, { deadlineMs });
  } catch (thrown) {
    if (asFault(thrown).code !== 'DEADLINE') throw thrown;
    throw new Fault(
      'PROCESS_SLOW',
      'The process that knows the tools did not answer in time.',
      'Look at logs/bulkhead.log in the home folder, and start Bulkhead again.',
    );
  } finally {
    child.kill();
  }
}
