// A front end for the tests of what it lets through: the desk is real, what it would reach writes down that it was reached.
import { type FrontEndPowers, serveFrontEnd } from '../../src-main/app/front-end.ts';
import { makeListeners } from '../../src-main/app/listeners.ts';
import { makeOperator } from '../../src-main/app/operator.ts';
import { ui } from '../../src-shared/contract/ui.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import { deskWorld, type DeskWorld } from './desk-of.ts';
import { waitingCall } from './waiting-call.ts';

export interface FrontEndWorld {
  readonly desk: DeskWorld;
  readonly powers: FrontEndPowers;
  /** What was reached, by name. */
  readonly reached: string[];
  readonly operatorToken: string;
  /** How often too many wrong tokens were told of. */
  manyWrong: number;
  connect(provedOperator: boolean): Client<typeof ui>;
}

export const answer = {
  customer: 'ACME-1',
  records: [],
  dropped: 0,
  redacted: 0,
  provenance: { connector: 'halopsa', trust: 'untrusted' },
  auditRef: '1',
};
const noRights = { rights: [], bindable: [], crossable: [] };
const verdict = { ok: true, entries: 0 };
const head = { entries: 0, note: '', isSigned: false };

export function frontEndWorld(): FrontEndWorld {
  const desk = deskWorld();
  const reached: string[] = [];
  const { token, operator } = makeOperator({ host: desk.host, onManyWrong: () => (world.manyWrong += 1) });
  const progress: FrontEndPowers['crew']['progress'] = makeListeners();
  const note = (name: string, answered?: unknown) => async () => (reached.push(name), answered);
  const powers: FrontEndPowers = {
    host: { kind: 'headless', now: () => 0 } as never,
    facts: desk.facts,
    crew: {
      gateway: {
        ...desk.crew.gateway,
        callTool: note('callTool', answer),
        usage: async () => null,
        rights: async () => noRights,
      },
      ledger: {
        page: note('entries', { entries: [], isEnd: true }),
        outline: note('outline', { entries: 0, upTo: 0, every: 1, marks: [], spans: [] }),
        verify: note('verifyLedger', verdict),
      },
      checkpoint: note('checkpoint', head),
      progress,
      views: () => [],
      problems: () => [],
    } as never,
    switcher: desk.switcher,
    clientApps: desk.clientApps,
    approvals: {
      approve: note('approve', waitingCall),
      deny: note('deny', waitingCall),
      denyAll: note('denyApprovals', 0),
      whoMayApprove: note('whoMayApprove', []),
      endAll: note('endAll'),
    } as never,
    bodies: { bodiesOf: note('bodiesOf', []), keptBodies: note('keptBodies', []) } as never,
    customerKeys: { destroy: note('destroyCustomerKey') } as never,
    colleagues: { all: note('colleagues', []), identity: note('colleagueIdentity', 'a.b.c') } as never,
    crosses: desk.crosses,
    aiSwitch: { stop: note('stopAi'), resume: note('resumeAi') } as never,
    credentials: { sealing: () => ({ sealKey: 'k', purpose: 'p' }) } as never,
    instances: {
      add: note('addInstance', 'halopsa-two'),
      change: note('changeInstance'),
      remove: note('removeInstance'),
      map: note('mapCustomers', 1),
      setCredential: note('setCredential'),
      revokeCredential: note('revokeCredential'),
    } as never,
    evidence: {
      beginExport: note('beginExport', { ...head, recorded: 1 }),
      policy: note('policy', { version: 1, bundle: 'a.b.c', tenantKey: 'k'.repeat(43) }),
      earlierPolicy: note('earlierPolicy', null),
      prove: note('prove', { inclusion: [], consistency: [] }),
      deviceKey: note('deviceKey', { name: 'bulkhead/t/d', publicKey: 'k'.repeat(43) }),
    } as never,
    surveys: { run: note('survey', { customers: [], isWhole: true }) } as never,
    toolReviews: { acceptFirst: note('acceptFirst'), accept: note('acceptTool') } as never,
    operator,
    version: '0',
    isDemo: false,
    window: () => ({ mintUrl: () => (reached.push('openWindow'), 'http://x') }) as never,
  };
  const world: FrontEndWorld = {
    desk,
    powers,
    reached,
    operatorToken: token,
    manyWrong: 0,
    connect: (provedOperator) => {
      const [near, far] = memoryPorts();
      serveFrontEnd(powers, far, provedOperator);
      return client(ui, near);
    },
  };
  return world;
}
