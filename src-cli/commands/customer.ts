import type { Command } from 'commander';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { counted, plain, table } from '../text.ts';
import type { World } from '../world.ts';

interface DestroyOptions extends Common {
  readonly confirm: string;
}

/** The switcher, and what is kept of each customer. */
export function addCustomer(program: Command, { world, answer }: Shell): void {
  const customer = program.command('customer').description('which customer is bound, and what is kept of each');
  command(customer, 'list', 'all customers, and which one is bound').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(customer, 'bind', 'bind a customer; the old one can no longer be reached then (operator)')
    .argument('<id-or-code>')
    .action((wanted: string, options: Common) => answer(options, bind(world, options, wanted)));
  command(customer, 'release', 'bind none: every tool is blocked').action((options: Common) =>
    answer(options, release(world, options)),
  );
  command(customer, 'kept', 'what the ledger keeps of what calls asked and answered, and how long').action(
    (options: Common) => answer(options, kept(world, options)),
  );
  command(
    customer,
    'destroy-key',
    "destroy a customer's key: nothing kept of theirs can be read ever again; every proof still holds (operator)",
  )
    .argument('<id-or-code>')
    .requiredOption('--confirm <code>', "the customer's code once more; the id of one the company no longer has")
    .action((wanted: string, options: DestroyOptions) => answer(options, destroyKey(world, options, wanted)));
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

function kept(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const json = (await api.keptBodies(undefined, within())).filter(({ bodies }) => bodies > 0);
    const rows = json.map(({ customer, bodies, oldest, days }) => [
      customer ? (customer.code ?? customer.name) : 'no customer',
      `${bodies}`,
      `since ${(oldest ?? '').slice(0, 10)}`,
      days === null ? 'kept for good' : `kept for ${counted(days, 'day')}`,
    ]);
    return { json, text: rows.length === 0 ? 'Nothing is kept of what calls asked and answered.' : table(rows) };
  });
}

function destroyKey(world: World, options: DestroyOptions, wanted: string): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    await app.api.destroyCustomerKey({ customer: wanted, code: options.confirm }, app.within(60_000));
    const text = plain(
      `The key of ${options.confirm} is destroyed. What calls asked and answered can be read by nobody any more; the entries and their proofs stay.`,
    );
    return { json: { customer: options.confirm, destroyed: true }, text };
  });
}
