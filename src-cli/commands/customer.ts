import type { Command } from 'commander';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain, table } from '../text.ts';
import type { World } from '../world.ts';

/** The switcher. */
export function addCustomer(program: Command, { world, answer }: Shell): void {
  const customer = program.command('customer').description('which customer is bound');
  command(customer, 'list', 'all customers, and which one is bound').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(customer, 'bind', 'bind a customer; the old one can no longer be reached then (operator)')
    .argument('<id-or-code>')
    .action((wanted: string, options: Common) => answer(options, bind(world, options, wanted)));
  command(customer, 'release', 'bind none: every tool is blocked').action((options: Common) =>
    answer(options, release(world, options)),
  );
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const [customers, { binding }] = await Promise.all([
      api.customers(undefined, within()),
      api.state(undefined, within()),
    ]);
    const json = customers.map(({ id, code, name }) => ({ id, code, name, bound: id === binding?.customer.id }));
    const rows = json.map(({ id, code, name, bound }) => [bound ? '*' : ' ', code, name, id]);
    return { json, text: rows.length === 0 ? 'There are no customers.' : table(rows) };
  });
}

function bind(world: World, options: Common, wanted: string): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const bound = await app.api.bindCustomer({ customer: wanted }, app.within(30_000));
    return { json: { customer: bound.code, ...bound }, text: plain(`${bound.code} is bound.`) };
  });
}

function release(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    await api.releaseCustomer(undefined, within(30_000));
    return { json: { customer: null }, text: 'No customer is bound; every tool is blocked.' };
  });
}
