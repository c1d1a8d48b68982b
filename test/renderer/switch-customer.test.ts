import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../../src-renderer/api/app.ts';
import type { UiClient } from '../../src-renderer/api/connect.ts';
import { releaseCustomer, switchCustomer, useSwitching } from '../../src-renderer/switcher/switch-customer.ts';
import type { AppState } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { client, FixtureMsp } from '../e2e/window-fixture-msp.ts';
import { fixtureCross } from '../e2e/window-fixture-policy.ts';

const meridian = { id: 'meridian-dental', name: 'Meridian Dental Group' };
const fern = { id: 'fern-legal', name: 'Fern Legal' };
const armed = [client('a', 'Claude Desktop', 'armed'), client('b', 'Cursor', 'armed')];
const [claude, cursor] = armed.map(({ id }) => id);

let msp: FixtureMsp;
/** What the next bindCustomer does before it is answered. */
let whileBinding: () => void | Promise<void>;

const switching = useSwitching.getInitialState();

beforeEach(() => {
  msp = new FixtureMsp(10, { changed: (state: AppState) => useApp.setState({ state }), grew: () => undefined });
  whileBinding = () => undefined;
  const calls: Partial<UiClient> = {
    bindCustomer: async ({ customer }) => {
      await whileBinding();
      msp.bind(customer);
      return { code: msp.state.binding!.customer.code, epoch: 1 };
    },
    releaseCustomer: async () => msp.bind(null),
  };
  useApp.setState({ client: calls as UiClient, line: 'open' });
  msp.change({ clients: armed });
  useSwitching.setState(switching, true);
});

describe('switchCustomer', () => {
  it('does not take for armed here what was armed for several customers', async () => {
    msp.change({
      crosses: [fixtureCross(msp, { client: 'Cursor', customers: [fern.id], reason: 'Firewalls', minutes: 9 })],
    });
    await switchCustomer(fern as never);
    expect(useSwitching.getState().done?.armedBefore).toEqual([claude]);
    await switchCustomer(meridian as never);
    expect(useSwitching.getState().done?.armedHere).toEqual([claude]);
  });

  it('takes away the notice of the last switch when the next is done, and does not wait for its own', async () => {
    await switchCustomer(fern as never);
    const shown: unknown[] = [];
    const end = useSwitching.subscribe(({ previous, done }) => previous?.id === fern.id && shown.push(done?.to.id));
    await switchCustomer(meridian as never);
    end();
    expect(shown).toEqual([undefined, meridian.id]);
  });

  it('knows what was armed, and the way back, when a switch fails that ended the binding', async () => {
    whileBinding = () => {
      msp.bind(null);
      throw new Fault('LEDGER_UNWRITABLE', 'It could not be recorded.');
    };
    await switchCustomer(fern as never);
    expect(useSwitching.getState()).toMatchObject({ previous: meridian, done: null, failure: { name: fern.name } });
    whileBinding = () => undefined;
    await switchCustomer(meridian as never);
    expect(useSwitching.getState().done?.armedHere).toEqual([claude, cursor]);
  });

  it('changes nothing when a switch fails and the customer is still bound', async () => {
    whileBinding = () => {
      throw new Fault('GATEWAY_DOWN', 'The gateway is starting again.');
    };
    await switchCustomer(fern as never);
    expect(useSwitching.getState()).toMatchObject({ previous: null, armedIn: new Map() });
    await releaseCustomer();
    expect(useSwitching.getState().armedIn.get(meridian.id)).toEqual([claude, cursor]);
  });
});
