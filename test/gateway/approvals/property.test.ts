// Whatever an AI, people, time and the supervisor do in whatever order: no call runs without as many persons' approval of
// exactly that call as it needs, none twice, and none that was denied.
import { fc } from '../../fast-check.ts';
import { expect, it } from 'vitest';
import type { AskedCall } from '../../../src-gateway/approvals/asked-call.ts';
import type { Claim } from '../../../src-gateway/approvals/claim.ts';
import { bindingTo } from '../given.ts';
import { assistant, type Desk, makeDesk, minute, other } from './desk.ts';

/** One call of the few there are: small numbers, so that the same one comes again and again. */
const call = fc.record({ app: fc.nat(1), note: fc.nat(1), needed: fc.constantFrom(1 as const, 2 as const) });
const person = fc.constantFrom('amy', 'ben', 'cleo');
const at = fc.nat(5);
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), call }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('call' as const), call }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('use' as const), at }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('approve' as const), at, person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deny' as const), at, person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('set clock' as const), minutes: fc.integer({ min: -60, max: 0 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('extend' as const), at }) },
  { weight: 1, arbitrary: fc.constant({ do: 'switch' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'enrol' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'lose ledger' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
type Held = { readonly claim: Claim; readonly needed: number; readonly exactly: string };

/** What happens, and beside it the plainest account of what people approved. */
class Story {
  desk: Desk = makeDesk();
  epoch = 1;
  life = 1;
  held: Held[] = [];
  /** The exact call that was asked about, by approval. */
  readonly asked = new Map<string, string>();
  readonly ran = new Set<string>();
  readonly denied = new Set<string>();
  runs = 0;

  constructor() {
    this.#bind();
  }

  #bind(): void {
    this.desk.ended = (_, { epoch }) => (epoch === this.epoch ? undefined : 'Another customer is bound now.');
  }

  #call({ app, note, needed }: { app: number; note: number; needed: 1 | 2 }): [AskedCall, string] {
    const change = { app: app === 0 ? assistant : other, needed, binding: bindingTo('acme', this.epoch) };
    const { version } = this.desk.session.bundle;
    return [this.desk.call(change, { note: String(note) }), `${this.life}/${this.epoch}/${version}/${app}/${note}`];
  }

  async claim(asked: { app: number; note: number; needed: 1 | 2 }): Promise<Held> {
    const [made, exactly] = this.#call(asked);
    const claim = await this.desk.approvals.claim(made);
    const id = 'approval' in claim && claim.approval !== undefined ? `${this.life}/${claim.approval}` : undefined;
    if (id !== undefined && claim.state === 'pending') this.asked.set(id, exactly);
    const held = { claim, needed: asked.needed, exactly };
    this.held = [...this.held, held].slice(-6);
    return held;
  }

  use({ claim, needed, exactly }: Held): void {
    if (!('use' in claim) || !claim.use()) return;
    if (claim.state !== 'approved') throw new Error('nothing was approved for a while');
    const id = `${this.life}/${claim.approval}`;
    expect(this.asked.get(id)).toBe(exactly);
    expect(this.#persons(claim.approval)).toBeGreaterThanOrEqual(needed);
    expect([this.ran.has(id), this.denied.has(id)]).toEqual([false, false]);
    this.ran.add(id);
    this.runs += 1;
  }

  /** How many persons approved it, as the ledger has it. */
  #persons(approval: string): number {
    const approvals = this.desk.entries.filter(
      ({ params }) => params?.['approval'] === approval && params['outcome'] === 'approved',
    );
    return new Set(approvals.map(({ principal }) => principal.id)).size;
  }

  async tell(what: Deed): Promise<void> {
    const { desk } = this;
    const all = desk.approvals.desk().approvals;
    const waiting = all.filter(({ state }) => state === 'pending');
    const among = waiting.length > 0 && !('at' in what && what.at === 0) ? waiting : all;
    const chosen = 'at' in what ? among[what.at % Math.max(1, among.length)] : undefined;
    switch (what.do) {
      case 'claim':
        return void (await this.claim(what.call));
      case 'call':
        return this.use(await this.claim(what.call));
      case 'use': {
        const held = this.held[what.at];
        return held && this.use(held);
      }
      case 'approve':
        return void (chosen && (await desk.approve(what.person, chosen).catch(() => undefined)));
      case 'deny':
        if (chosen)
          await desk.deny(what.person, chosen).then(
            () => this.denied.add(`${this.life}/${chosen.id}`),
            () => {},
          );
        return;
      case 'pass':
        return desk.pass(what.minutes * minute);
      case 'set clock':
        desk.time.now += what.minutes * minute;
        return;
      case 'extend':
        return void (chosen && (await desk.extend('ben', chosen).catch(() => undefined)));
      case 'switch':
        this.epoch += 1;
        return;
      case 'enrol': {
        const { bundle } = desk.session;
        desk.session = { ...desk.session, bundle: { ...bundle, version: bundle.version + 1 } };
        return desk.approvals.withdrawAll('msp' as never, 'The policy changed.');
      }
      case 'lose ledger': {
        let left = 2;
        desk.record = async () => --left < 0;
        return;
      }
      case 'restart':
        this.desk = makeDesk();
        this.life += 1;
        this.held = [];
        this.#bind();
    }
  }
}

it('lets no call run without as many persons as it needs, for exactly that call, once', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 80 }), async (deeds) => {
      const story = new Story();
      for (const each of deeds) await story.tell(each);
      runs += story.runs;
    }),
    { numRuns: 1500 },
  );
  expect(runs).toBeGreaterThan(300); // The stories are of calls that run, too.
});
