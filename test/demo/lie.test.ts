// The lying vendor: that it lies in many ways, the same way for the same seed, and never in the one way nobody could see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haloLies } from '../../src-demo/halopsa/lie-source.ts';
import { createStore as createHaloStore } from '../../src-demo/halopsa/store.ts';
import { huduLies } from '../../src-demo/hudu/lie-source.ts';
import { createStore as createHuduStore } from '../../src-demo/hudu/store.ts';
import { viewOf } from '../../src-demo/hudu/views.ts';
import { ticketView } from '../../src-demo/halopsa/ticket-views.ts';
import { actionView } from '../../src-demo/halopsa/views.ts';
import { jsonAnswer } from '../../src-demo/vendor/answer.ts';
import { textOf } from '../../src-demo/vendor/json.ts';
import { createLiar } from '../../src-demo/vendor/lie.ts';
import type { LieSource } from '../../src-demo/vendor/lie.ts';
import { parseQuery } from '../../src-demo/vendor/query.ts';
import { companyId, huduData, startHudu } from './hudu-instance.ts';
import type { Hudu } from './hudu-instance.ts';
import { haloData, startHalo } from './northway.ts';
import type { Json } from './northway.ts';

type Scene = {
  readonly source: LieSource;
  readonly path: string;
  readonly body: unknown;
  /** The member that names the owner, who asks (nobody when the call cannot say), and all owners there are. */
  readonly owner: string;
  readonly asked: number | undefined;
  readonly owners: ReadonlySet<number>;
};

const dental = companyId('Meridian Dental Group');

/** Every record says in a member no vendor has whose it is in truth. */
function marked<T extends Json>(rows: readonly T[], owner: string): T[] {
  return rows.map((row) => ({ ...row, truth: `of ${String(row[owner])}` }));
}

function huduScenes(): Scene[] {
  const data = huduData();
  const kinds = ['assets', 'websites', 'procedures'] as const;
  const change = Object.fromEntries(kinds.map((kind) => [kind, marked(data[kind] as Json[], 'company_id')]));
  const store = createHuduStore({ ...data, ...change });
  const site = { store, origin: 'http://127.0.0.1:1' };
  const source = huduLies(site);
  const owners = new Set(data.companies.map(({ id }) => id));
  return kinds.flatMap((kind) => {
    const views = store
      .table(kind)
      .of('company', dental)
      .map((row) => viewOf(site, kind, row));
    const everyone = store
      .table(kind)
      .all()
      .slice(0, 40)
      .map((row) => viewOf(site, kind, row));
    const wrap = (rows: readonly unknown[]) => (kind === 'websites' ? rows : { [kind]: rows });
    const scene = (path: string, body: unknown, asked: number | undefined) => ({
      source,
      path,
      body,
      owner: 'company_id',
      asked,
      owners,
    });
    return [
      scene(`/api/v1/${kind}?company_id=${dental}`, wrap(views), dental),
      scene(`/api/v1/${kind}`, wrap(everyone), undefined),
      scene(`/api/v1/${kind}/1`, kind === 'websites' ? views[0] : { [kind.slice(0, -1)]: views[0] }, undefined),
      scene(`/api/v1/${kind}/2`, kind === 'websites' ? everyone[30] : { [kind.slice(0, -1)]: everyone[30] }, undefined),
    ];
  });
}

function haloScenes(): Scene[] {
  const data = haloData();
  const store = createHaloStore({
    ...data,
    tickets: data.tickets.map((ticket) => ({ ...ticket, summary: `of ${ticket.client_id}` })),
    actions: marked(data.actions, 'ticket_id'),
  });
  const source = haloLies(store);
  const owners = new Set(data.clients.map(({ id }) => id));
  const rows = store.tickets
    .of('client', 214)
    .slice(0, 20)
    .map((ticket) => ticketView(store, ticket));
  const actions = (store.actions.get(2001) ?? []).map((action) => actionView(store, action));
  const tickets = new Set(data.tickets.map(({ id }) => id));
  return [
    {
      source,
      path: '/api/Tickets?client_id=214',
      body: { record_count: 20, tickets: rows },
      owner: 'client_id',
      asked: 214,
      owners,
    },
    { source, path: '/api/Tickets/2001', body: rows[0], owner: 'client_id', asked: undefined, owners },
    {
      source,
      path: '/api/Actions?ticket_id=2001',
      body: { actions },
      owner: 'ticket_id',
      asked: 2001,
      owners: tickets,
    },
  ];
}

function tell({ source, path, body }: Scene, seed: number, times: number): unknown[] {
  const liar = createLiar(source);
  const lie = { seed, rate: 1 };
  const [place = '', query = ''] = path.split('?');
  const call = { method: 'GET', path: place, query: parseQuery(query) };
  const answer = jsonAnswer(200, JSON.stringify(body));
  return Array.from({ length: times }, () => JSON.parse(liar.retell(lie, call, answer).body.toString()) as unknown);
}

function* records(value: unknown): Iterable<Json> {
  if (Array.isArray(value)) for (const one of value) yield* records(one);
  else if (typeof value === 'object' && value !== null) {
    yield value as Json;
    for (const one of Object.values(value)) yield* records(one);
  }
}

const scenes = [...huduScenes(), ...haloScenes()];

describe('a lie', () => {
  it.each(scenes.map((scene) => [scene.path, scene] as const))(
    'never makes a record of one customer claim to be of the one who asks: %s',
    (_path, scene) => {
      const { owner, asked, owners } = scene;
      let judged = 0;
      for (const record of records(tell(scene, 7, 100))) {
        // The list of tickets serves known members only.
        const truth = record['truth'] ?? record['summary'];
        const claim = typeof record[owner] === 'boolean' ? Number.NaN : Number(record[owner] ?? Number.NaN);
        if (typeof truth !== 'string' || !owners.has(claim) || truth === `of ${claim}`) continue;
        judged += 1;
        expect([asked === undefined, claim === asked]).toEqual([false, false]);
      }
      expect(judged > 0).toBe(asked !== undefined);
    },
  );

  it('leaves a foreign customer record its own id', () => {
    const data = huduData();
    const store = createHuduStore({
      ...data,
      companies: data.companies.map((row) => ({ ...row, truth: `of ${row.id}` })),
    });
    const site = { store, origin: '' };
    const body = { company: viewOf(site, 'companies', store.company(dental) ?? { id: 0 }) };
    const scene = { source: huduLies(site), path: `/api/v1/companies/${dental}`, body };
    const told = [...records(tell({ ...scene, owner: 'id', asked: dental, owners: new Set() }, 3, 700))];
    const foreign = told.filter(
      (record) => textOf(record['truth']).startsWith('of ') && record['truth'] !== `of ${dental}`,
    );
    expect(foreign.length).toBeGreaterThan(30);
    expect(foreign.filter((record) => Number(record['id']) === dental)).toEqual([]);
  });
});

describe('lies', () => {
  const scene = scenes[0] ?? haloScenes()[0];
  if (scene === undefined) throw new Error('no scene');
  const bodies = tell(scene, 11, 700);
  const lists = bodies.flatMap((body) =>
    Array.isArray((body as Json | null)?.['assets']) ? [(body as { assets: unknown[] }).assets] : [],
  );
  const rows = lists
    .flat()
    .filter((row): row is Json => typeof row === 'object' && row !== null && !Array.isArray(row));
  const owners = rows.map((row) => row['company_id']);

  it('are of every kind', () => {
    const isForeign = (row: unknown) => textOf((row as Json | null)?.['truth']) !== `of ${dental}`;
    const seen = {
      foreignRow: rows.some((row) => 'truth' in row && isForeign(row)),
      noOwner: rows.some((row) => 'id' in row && !('company_id' in row)),
      null: owners.includes(null),
      zero: owners.includes(0),
      empty: owners.includes(''),
      text: owners.includes(String(dental)),
      list: owners.some((owner) => Array.isArray(owner)),
      object: owners.some((owner) => typeof owner === 'object' && owner !== null && !Array.isArray(owner)),
      fraction: owners.includes(dental + 0.5),
      negative: owners.includes(-dental),
      givenAway: rows.some(
        (row) =>
          row['truth'] === `of ${dental}` && Number(row['company_id']) > 400 && Number(row['company_id']) !== dental,
      ),
      sameIdTwice: lists.some((list) => {
        const byId = Map.groupBy(list as (Json | null)[], (row) => row?.['id']);
        return [...byId.values()].some((group) => new Set(group.map((row) => row?.['company_id'])).size > 1);
      }),
      nested: rows.some(
        (row) =>
          row['truth'] === `of ${dental}` &&
          [...records(Object.values(row))].some((inner) => 'truth' in inner && isForeign(inner)),
      ),
      onlyForeign: lists.some(
        (list) => list.length > 2 && list.every((row) => typeof row === 'object' && isForeign(row)),
      ),
      huge: lists.some((list) => list.length >= 2000),
      noRecord: lists.some((list) => list.some((row) => row === null || typeof row !== 'object')),
      noWrapper: bodies.some(Array.isArray),
      otherWrapper: bodies.some((body) => typeof body === 'object' && body !== null && 'data' in body),
      textIds: rows.some((row) => typeof row['id'] === 'string'),
    };
    expect(Object.entries(seen).filter(([, isSeen]) => !isSeen)).toEqual([]);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(tell(scene, 5, 40)).toEqual(tell(scene, 5, 40));
    expect(tell(scene, 5, 40)).not.toEqual(tell(scene, 6, 40));
  });

  it('begin anew when the fault is set anew', () => {
    const liar = createLiar(scene.source);
    const call = { method: 'GET', path: '/api/v1/assets', query: parseQuery('') };
    const answer = jsonAnswer(200, JSON.stringify(scene.body));
    const round = () => {
      const lie = { seed: 9, rate: 1 };
      return Array.from({ length: 10 }, () => liar.retell(lie, call, answer).body);
    };
    expect(round()).toEqual(round());
  });
});

describe('the fault', () => {
  let hudu: Hudu;
  beforeAll(async () => {
    hudu = await startHudu();
  });
  afterAll(() => hudu.emulator.close());
  const path = `articles?company_id=${dental}`;

  it('changes about the asked share of answers', async () => {
    const honest = (await hudu.get(path)).text;
    hudu.emulator.faults.lie = { seed: 1, rate: 0 };
    expect((await hudu.get(path)).text).toBe(honest);
    hudu.emulator.faults.lie = { seed: 1, rate: 0.5 };
    let lies = 0;
    for (let call = 0; call < 200; call += 1) if ((await hudu.get(path)).text !== honest) lies += 1;
    expect(lies).toBeGreaterThan(60);
    expect(lies).toBeLessThan(120);
  });

  it('spares errors, downloads, sign-in and other vendors’ tokens', async () => {
    hudu.emulator.faults.lie = { seed: 1, rate: 1 };
    hudu.emulator.faults.uploadMode = 'bytes';
    expect((await hudu.get('articles/999999')).text).toBe('{"error":"Record not found"}');
    expect((await hudu.get(`uploads/${hudu.data.uploads[0]?.id}?download=true`)).text).toBe(
      hudu.data.uploads[0]?.content,
    );
    const halo = await startHalo();
    halo.emulator.faults.lie = { seed: 1, rate: 1 };
    expect((await halo.signIn()).json()).toMatchObject({ token_type: 'Bearer' });
    await halo.emulator.close();
  });

  it('is set from outside too, and refused when it makes no sense', async () => {
    const set = (lie: unknown) =>
      fetch(`${hudu.emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify({ lie }) });
    expect(await (await set({ seed: 4, rate: 0.25 })).json()).toMatchObject({ lie: { seed: 4, rate: 0.25 } });
    expect((await set({ seed: 4, rate: 2 })).status).toBe(400);
    expect((await set(null)).status).toBe(200);
    expect(hudu.emulator.faults.lie).toBe(null);
  });
});
