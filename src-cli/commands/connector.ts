import type { Command } from 'commander';
import { Fault } from '../../src-shared/fault.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { readCredential } from '../read-credential.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain, table } from '../text.ts';
import type { World } from '../world.ts';

/** Milliseconds: a test waits for a vendor. */
const testWithin = 60_000;

/** Vendor accounts: their health, a test, and the credential that opens one. */
export function addConnector(program: Command, { world, answer }: Shell): void {
  const connector = program.command('connector').description('vendor accounts');
  command(connector, 'list', 'all vendor accounts and their health').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(connector, 'test', 'a harmless read for the bound customer')
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, test(world, options, instance)));
  const credential = connector.command('credential').description('what opens a vendor account');
  command(
    credential,
    'set',
    'store a credential, read from standard input: a JSON object or field=value lines (operator)',
  )
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, setCredential(world, options, instance)));
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const { instances } = await api.state(undefined, within());
    const rows = instances.map(({ id, connector, name, health, mapped, hasCredential }) => [
      id,
      connector,
      name,
      hasCredential ? health.state : 'no credential',
      `${mapped} customers`,
      health.detail,
    ]);
    return { json: instances, text: rows.length === 0 ? 'There are no vendor accounts.' : table(rows) };
  });
}

async function test(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async ({ api, within }) => {
    const { ok, detail } = await api.testInstance({ instance }, within(testWithin));
    return { json: { ok, detail }, text: ok ? plain(detail) : '', ...(ok ? {} : { failure: detail }) };
  });
}

/** The credential leaves this process sealed to the broker: neither the socket nor the supervisor carries it in clear. */
async function setCredential(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const { sealKey, purpose, fields } = await app.api.sealKey({ instance }, app.within());
    const credential = await readCredential(world.input, fields);
    const box = await seal(JSON.stringify(credential), sealKey, purpose);
    await app.api.setCredential({ instance, box }, app.within(30_000));
    const stored = Object.keys(credential);
    return { json: { instance, fields: stored }, text: plain(`Stored for ${instance}: ${stored.join(', ')}.`) };
  });
}

function instanceId(text: string): InstanceId {
  const parsed = InstanceId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Fault('UNKNOWN_INSTANCE', 'There is no connector instance of this id.', 'See `bulkhead connector list`.');
}
