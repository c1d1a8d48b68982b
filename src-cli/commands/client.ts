import type { Command } from 'commander';
import { Fault } from '../../src-shared/fault.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain, table } from '../text.ts';
import type { World } from '../world.ts';

interface AddOptions extends Common {
  readonly pin?: string;
}

/** Client apps: the LLM tools that may call. */
export function addClient(program: Command, { world, answer }: Shell): void {
  const clients = program.command('client').description('LLM tools that may call Bulkhead');
  command(clients, 'add', 'register an LLM tool; its token is shown once (operator)')
    .argument('<name>')
    .option('--pin <customer>', 'keep it on this customer instead of following the switcher')
    .action((name: string, options: AddOptions) => answer(options, add(world, options, name)));
  command(clients, 'list', 'all LLM tools and their state').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(clients, 'arm', 'allow it for the customer bound now (operator)')
    .argument('<name>')
    .action((name: string, options: Common) => answer(options, arm(world, options, name)));
  command(clients, 'suspend', 'block it until it is armed again')
    .argument('<name>')
    .action((name: string, options: Common) => answer(options, withdraw(world, options, { name, state: 'suspended' })));
  command(clients, 'revoke', 'block it for good; its token is dead')
    .argument('<name>')
    .action((name: string, options: Common) => answer(options, withdraw(world, options, { name, state: 'revoked' })));
}

function add(world: World, options: AddOptions, name: string): Promise<Outcome> {
  const length = name.trim().length;
  if (length < 1 || length > 60)
    throw new Fault('USAGE', 'A name has 1 to 60 characters.', 'See `bulkhead client add --help`.');
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const added = await app.api.addClient({ name, pin: options.pin ?? null }, app.within());
    const rows = [
      ['name', added.name],
      ['customer', added.customer ?? 'follows the switcher'],
      ['MCP', app.file.mcpUrl],
      ['token', added.token],
    ];
    return {
      json: added,
      text: `${table(rows)}\n\nThe token is shown this once. Give it to the LLM tool as its bearer token.`,
    };
  });
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const { clients } = await api.state(undefined, within());
    const json = clients.map(({ name, state, pin, lastUsed }) => ({ name, state, customer: pin, lastUsed }));
    const rows = json.map(({ name, state, customer, lastUsed }) => [
      name,
      state,
      customer ?? 'follows',
      lastUsed ?? 'never used',
    ]);
    return {
      json,
      text:
        rows.length === 0 ? 'There are no client apps.' : table([['NAME', 'STATE', 'CUSTOMER', 'LAST USED'], ...rows]),
    };
  });
}

/** What the person sees is what the app has now; the app refuses when another customer is bound by then. */
function arm(world: World, options: Common, name: string): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const { binding, clients } = await app.api.state(undefined, app.within());
    const pin = clients.find((each) => each.name === name && each.state !== 'revoked')?.pin ?? null;
    const customer = pin ?? binding?.customer.code ?? null;
    await app.api.armClient({ name, customer }, app.within());
    return {
      json: { name, state: 'armed', customer },
      text: plain(`${name} is armed for ${customer ?? 'no customer'}.`),
    };
  });
}

/** Takes the right to call away: until it is armed again, or for good. */
function withdraw(
  world: World,
  options: Common,
  { name, state }: { name: string; state: 'suspended' | 'revoked' },
): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    await (state === 'suspended' ? api.suspendClient({ name }, within()) : api.revokeClient({ name }, within()));
    return { json: { name, state }, text: plain(`${name} is ${state}.`) };
  });
}
