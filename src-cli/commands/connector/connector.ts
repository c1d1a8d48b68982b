import type { Command } from 'commander';
import { command } from '../../command.ts';
import { proveOperator } from '../../prove-operator.ts';
import { withApp } from '../../running-app.ts';
import type { Common, Outcome, Shell } from '../../shell.ts';
import { plain, table } from '../../text.ts';
import type { World } from '../../world.ts';
import { addAccount } from './account.ts';
import { addCredential } from './credential.ts';
import { instanceId } from './instance-id.ts';
import { addMapping } from './mapping.ts';

/** Milliseconds: a test waits for a vendor. */
const testWithin = 60_000;

/** Vendor accounts: set up, tested, and whose is whose. */
export function addConnector(program: Command, shell: Shell): void {
  const { world, answer } = shell;
  const connector = program.command('connector').description('vendor accounts');
  command(connector, 'list', 'all vendor accounts: health, mapped customers, credential').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(connector, 'types', 'the connectors of this Bulkhead, and what each needs').action((options: Common) =>
    answer(options, types(world, options)),
  );
  command(connector, 'test', 'a harmless read: of the bound customer, else of the account itself (operator)')
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, test(world, options, instance)));
  addAccount(connector, shell);
  addCredential(connector, shell);
  addMapping(connector, shell);
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const { instances } = await api.state(undefined, within());
    if (instances.length === 0) return { json: instances, text: 'There are no vendor accounts.' };
    const rows = instances.map(({ id, connector, name, health, mapped, hasCredential, lastUsed }) => [
      id,
      connector,
      name,
      hasCredential ? 'stored' : 'none',
      String(mapped),
      health.state,
      lastUsed ?? 'not yet',
      health.detail,
    ]);
    const head = ['INSTANCE', 'CONNECTOR', 'NAME', 'CREDENTIAL', 'CUSTOMERS', 'HEALTH', 'LAST USED', ''];
    return { json: instances, text: table([head, ...rows]) };
  });
}

function types(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const connectors = await api.connectors(undefined, within());
    const blocks = connectors.map(({ name, title, baseUrlExample, credentialFields, settings, ownerTitle }) =>
      table([
        [name, title],
        ['  base URL', baseUrlExample],
        ['  credential', credentialFields.join(', ')],
        ['  mapped by', ownerTitle],
        ...settings.map((setting) => [`  --set ${setting.name}=`, setting.help]),
      ]),
    );
    return { json: connectors, text: blocks.join('\n\n') };
  });
}

async function test(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const { ok, detail } = await app.api.testInstance({ instance }, app.within(testWithin));
    if (ok) return { json: { ok, detail }, text: plain(detail) };
    const error = { code: 'TEST_FAILED', message: detail, remedy: 'Mend what it says, then test again.' };
    return { json: { ok, detail, error }, text: '', failure: detail };
  });
}
