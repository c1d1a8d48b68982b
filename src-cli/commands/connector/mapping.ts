import type { Command } from 'commander';
import type { CustomerView, MappingView } from '../../../src-shared/contract/ui.ts';
import { Fault } from '../../../src-shared/fault.ts';
import type { InstanceId } from '../../../src-shared/model/ids.ts';
import { command } from '../../command.ts';
import { proveOperator } from '../../prove-operator.ts';
import { type App, withApp } from '../../running-app.ts';
import type { Common, Outcome, Shell } from '../../shell.ts';
import { plain, table } from '../../text.ts';
import type { World } from '../../world.ts';
import { instanceId } from './instance-id.ts';

interface MapOptions extends Common {
  readonly acceptSuggestions?: boolean;
  readonly customer?: string;
  readonly id?: string;
  readonly clear?: boolean;
}

/** Milliseconds: the vendor may have a minute for its customers; calls of a changed customer end first. */
const surveyWithin = 75_000;
const mapWithin = 60_000;

/** Which of the vendor's customers is which of ours. */
export function addMapping(connector: Command, { world, answer }: Shell): void {
  command(connector, 'map', 'ask the vendor for its customers and show which is which (operator)')
    .argument('<instance>')
    .option('--accept-suggestions', 'map every customer for which exactly one was found')
    .option('--customer <id-or-code>', 'map one customer')
    .option('--id <vendor-id>', 'to this id of the vendor’s')
    .option('--clear', 'to none: calls for it are denied then')
    .action((instance: string, options: MapOptions) => answer(options, map(world, options, instance)));
}

async function map(world: World, options: MapOptions, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  const { customer, id, clear = false, acceptSuggestions = false } = options;
  const isOne = customer !== undefined;
  if (isOne ? acceptSuggestions || (id !== undefined) === clear : id !== undefined || clear) {
    throw new Fault(
      'USAGE',
      'Name --customer with either --id or --clear, or neither of them.',
      'See `bulkhead connector map --help`.',
    );
  }
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const customers = await app.api.customers(undefined, app.within());
    if (isOne && id === undefined) return unmapOne(app, instance, found(customers, customer));
    const ours = isOne ? found(customers, customer) : undefined;
    const view = await app.api.surveyInstance({ instance }, app.within(surveyWithin));
    if (ours !== undefined && id !== undefined) return mapOne(app, instance, { customer: ours, owner: id, view });
    return acceptSuggestions ? accept(app, instance, { view, customers }) : show(instance, view, customers);
  });
}

/** One wrong digit would be another customer for good, so the id must be one the vendor has, and its name is said. */
async function mapOne(
  { api, within }: App,
  instance: InstanceId,
  { customer, owner, view }: { customer: CustomerView; owner: string; view: MappingView },
): Promise<Outcome> {
  const named = view.vendorCustomers.find(({ id }) => id === owner);
  if (named === undefined && view.isWhole) {
    const remedy = `See \`bulkhead connector map ${instance}\`.`;
    throw new Fault('OWNER_UNKNOWN', 'The vendor has no customer of this id.', remedy);
  }
  const { mapped } = await api.mapCustomers(
    { instance, changes: [{ customer: customer.id, owner }] },
    within(mapWithin),
  );
  const name = named?.name ?? '';
  const text = plain(`${customer.code} ${customer.name} is mapped to ${owner} ${name}`.trim());
  return { json: { instance, customer: customer.code, owner, name, mapped }, text: `${text}.` };
}

async function unmapOne({ api, within }: App, instance: InstanceId, customer: CustomerView): Promise<Outcome> {
  const changes = [{ customer: customer.id, owner: null }];
  const { mapped } = await api.mapCustomers({ instance, changes }, within(mapWithin));
  const text = plain(`${customer.code} is not mapped any more.`);
  return { json: { instance, customer: customer.code, owner: null, mapped }, text };
}

async function accept(
  { api, within }: App,
  instance: InstanceId,
  { view, customers }: { view: MappingView; customers: readonly CustomerView[] },
): Promise<Outcome> {
  const suggested = view.rows.flatMap(({ customer, suggestion }) => (suggestion ? [{ customer, ...suggestion }] : []));
  const changes = suggested.map(({ customer, owner }) => ({ customer, owner }));
  const { mapped } = await api.mapCustomers({ instance, changes }, within(mapWithin));
  const accepted = suggested.map(({ customer, owner, because }) => ({
    customer: customers.find(({ id }) => id === customer)?.code ?? customer,
    owner,
    because,
  }));
  const unmapped = view.rows.length - mapped;
  const rows = accepted.map(({ customer, owner, because }) => [customer, owner, `by ${because.join(' and ')}`]);
  const words = `${accepted.length} accepted, ${mapped} mapped, ${unmapped} not mapped.`;
  return {
    json: { instance, accepted, mapped, unmapped },
    text: [...(rows.length ? [table(rows)] : []), words].join('\n'),
  };
}

/** Unmapped first: what a person came for. */
function show(instance: InstanceId, view: MappingView, customers: readonly CustomerView[]): Outcome {
  const names = new Map(view.vendorCustomers.map(({ id, name }) => [id, name]));
  const rows = view.rows
    .map(({ customer, owner, suggestion, candidates }) => {
      const { code, name } = customers.find(({ id }) => id === customer) ?? { code: customer, name: '' };
      return { customer: code, name, owner, suggestion, candidates };
    })
    .toSorted((one, other) => Number(one.owner !== null) - Number(other.owner !== null));
  const named = (id: string): string => `${id} ${names.get(id) ?? ''}`.trim();
  const lines = rows.map(({ customer, name, owner, suggestion, candidates }) => {
    if (owner !== null) return [customer, name, named(owner), 'mapped'];
    if (suggestion)
      return [customer, name, named(suggestion.owner), `suggested by ${suggestion.because.join(' and ')}`];
    return [customer, name, candidates.map(named).join(', '), candidates.length > 0 ? 'choose one' : 'not found'];
  });
  const open = rows.filter(({ owner }) => owner === null);
  const words = [
    `${open.length} of ${rows.length} customers are not mapped.`,
    ...(open.some(({ suggestion }) => suggestion)
      ? [`Run: bulkhead connector map ${instance} --accept-suggestions`]
      : []),
    ...(view.isWhole ? [] : ['The vendor has more customers than could be read.']),
  ];
  const json = { instance, isWhole: view.isWhole, rows, vendorCustomers: view.vendorCustomers };
  return { json, text: [table([['CUSTOMER', 'NAME', 'VENDOR', ''], ...lines]), ...words].join('\n') };
}

function found(customers: readonly CustomerView[], named: string): CustomerView {
  const customer = customers.find(({ id, code }) => id === named || code === named);
  if (customer) return customer;
  throw new Fault('UNKNOWN_CUSTOMER', 'There is no customer of this id or code.', 'See `bulkhead customer list`.');
}
