import { describe, expect, it } from 'vitest';
import { type LinkServers, makeLinks } from '../../src-broker/links.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { codeOf, halo, meridian, tenant } from './keys.ts';

const admission = { tenant, customer: meridian, instance: halo, epoch: 1 };

function world() {
  const served: string[] = [];
  const servers: LinkServers = {
    lease: ({ customer }) => void served.push(`lease ${customer}`),
    survey: ({ instance }) => void served.push(`survey ${instance}`),
    signer: () => void served.push('signer'),
  };
  return { served, links: makeLinks(servers) };
}

function port(): { end: Port; isClosed: () => boolean } {
  const [end] = memoryPorts();
  let closed = false;
  end.onClose(() => {
    closed = true;
  });
  return { end, isClosed: () => closed };
}

describe('makeLinks', () => {
  it('serves a link that was admitted, and closes one that was not', () => {
    const { served, links } = world();
    const [known, unknown] = [port(), port()];
    links.admit('worker-1', admission);
    links.arrive('worker-1', known.end);
    links.arrive('worker-2', unknown.end);
    expect(served).toEqual(['lease meridian']);
    expect([known.isClosed(), unknown.isClosed()]).toEqual([false, true]);
  });

  it('serves a survey what a survey is for, and a worker what a worker is for', () => {
    const { served, links } = world();
    links.admitSurvey('survey-1', { tenant, instance: halo });
    links.admit('worker-1', admission);
    links.arrive('survey-1', port().end);
    links.arrive('worker-1', port().end);
    expect(served).toEqual(['survey halo', 'lease meridian']);
  });

  it('never lets one name stand for a survey and a worker', async () => {
    const { served, links } = world();
    links.admitSurvey('one', { tenant, instance: halo });
    links.admit('two', admission);
    expect(await codeOf(() => links.admit('one', admission))).toBe('LINK_TAKEN');
    expect(await codeOf(() => links.admitSurvey('two', { tenant, instance: halo }))).toBe('LINK_TAKEN');
    expect(await codeOf(() => links.admitSurvey('ledger', { tenant, instance: halo }))).toBe('LINK_TAKEN');
    const again = port();
    links.arrive('one', port().end);
    links.arrive('one', again.end);
    expect([served, again.isClosed()]).toEqual([['survey halo'], true]);
  });

  it('lets a name stand for one link', async () => {
    const { served, links } = world();
    const second = port();
    links.admit('worker-1', admission);
    expect(await codeOf(() => links.admit('worker-1', admission))).toBe('LINK_TAKEN');
    links.arrive('worker-1', port().end);
    expect(await codeOf(() => links.admit('worker-1', admission))).toBe('LINK_TAKEN');
    links.arrive('worker-1', second.end);
    expect(served).toEqual(['lease meridian']);
    expect(second.isClosed()).toBe(true);
  });

  it('dismisses a link before and after it arrives', () => {
    const { served, links } = world();
    const [early, late] = [port(), port()];
    links.admit('early', admission);
    links.dismiss('early');
    links.arrive('early', early.end);
    links.admit('late', admission);
    links.arrive('late', late.end);
    links.dismiss('late');
    links.dismiss('never');
    expect([early.isClosed(), late.isClosed()]).toEqual([true, true]);
    expect(served).toEqual(['lease meridian']);
  });

  it('serves the signer on the ledger link only, and its newest only', async () => {
    const { served, links } = world();
    const [first, second] = [port(), port()];
    expect(await codeOf(() => links.admit('ledger', admission))).toBe('LINK_TAKEN');
    links.arrive('ledger', first.end);
    links.arrive('ledger', second.end);
    expect(served).toEqual(['signer', 'signer']);
    expect([first.isClosed(), second.isClosed()]).toEqual([true, false]);
  });
});
