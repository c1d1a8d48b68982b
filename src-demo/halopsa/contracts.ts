// GET /ClientContract (halopsa.md §5.9), by customer and by id, with the MSP's own cost among its members. The caller's query
// is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import type { View } from '../vendor/rows.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { askedClients, candidates, ordered } from './filter.ts';
import { listAnswer, toText } from './list.ts';
import type { HaloContract } from './records.ts';
import { notFound } from './refusal.ts';
import type { HaloStore } from './store.ts';
import { assetView, noDate } from './views.ts';
import type { Call, World } from './world.ts';

export function listContracts(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  return listAnswer(faults, query, {
    key: 'contracts',
    rows: ordered(candidates(store.contracts, clients, query), query),
    view: (contract) => contractView(store, contract),
    text: (contract) => store.text(contract, () => toText(contractView(store, contract))),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.contracts.all(),
  });
}

/** The detail nests assets and contacts, whoever owns them. */
export function readContract(world: World, { id }: Call): Answer {
  const { store, faults } = world;
  const contract = store.contracts.get(Number(id));
  if (contract === undefined) return notFound(faults);
  const assets = store.assets.of('client', contract.client_id ?? 0).slice(0, 3);
  const more = { assets: assets.map((asset) => assetView(store, asset)), users: [], periods: [], chargerates: [] };
  return jsonAnswer(200, toText(ownerDropped(faults, { ...more, ...contractView(store, contract) }, 'client_id')));
}

export function contractView(store: HaloStore, contract: HaloContract): View {
  return {
    ref: '',
    start_date: noDate,
    end_date: noDate,
    started: true,
    expired: false,
    contract_status: 'Active',
    contracttype_name: '',
    note: '',
    site_id: 0,
    client_name: store.clients.get(contract.client_id ?? 0)?.name ?? '',
    periodchargeamount: 0,
    costperperiod: 0,
    ...contract,
  };
}
