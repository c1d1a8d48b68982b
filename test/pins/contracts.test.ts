// What each process can be asked over each port. A new call is a new power of whoever holds the other end.
import { describe, expect, it } from 'vitest';
import { brokerControl, brokerLease, brokerSigner, brokerSurvey } from '../../src-shared/contract/broker.ts';
import { gatewayControl, gatewayHost } from '../../src-shared/contract/gateway.ts';
import { ledgerControl, ledgerWriter } from '../../src-shared/contract/ledger.ts';
import { ui } from '../../src-shared/contract/ui.ts';
import { worker, workerControl } from '../../src-shared/contract/worker.ts';
import type { Contract } from '../../src-shared/wire/contract.ts';

const of = (contract: Contract, kind: 'call' | 'event') =>
  Object.entries(contract).flatMap(([name, member]) => (member.kind === kind ? [name] : []));

describe('the calls', () => {
  it.each([
    [
      'a front end to the supervisor',
      ui,
      [
        ...['authenticate', 'state', 'customers', 'bindCustomer', 'releaseCustomer', 'addClient', 'armClient'],
        ...['suspendClient', 'revokeClient', 'tools', 'explain', 'tryCall'],
        ...['approvals', 'approve', 'deny', 'denyApprovals', 'extendApproval', 'withdrawStanding', 'colleagues'],
        ...['colleagueIdentity', 'stopAi', 'resumeAi', 'toolReviews', 'acceptTool', 'openCross', 'closeCross'],
        ...['callTool', 'entries', 'outline', 'verifyLedger', 'checkpoint', 'bodiesOf', 'keptBodies'],
        ...['destroyCustomerKey', 'beginExport', 'prove', 'deviceKey', 'policy', 'earlierPolicy', 'sealKey'],
        ...['setCredential', 'revokeCredential', 'testInstance', 'connectors', 'addInstance', 'changeInstance'],
        ...['removeInstance', 'surveyInstance', 'mapCustomers', 'doctor', 'openWindow'],
      ],
    ],
    [
      'supervisor to gateway',
      gatewayControl,
      [
        ...['start', 'listen', 'enrol', 'scope', 'callTool', 'offeredTools', 'explain', 'tryCall', 'rights', 'may'],
        ...['approvals', 'decide', 'whoMayApprove', 'extendApproval', 'withdrawStanding', 'usage'],
      ],
    ],
    ['gateway to supervisor', gatewayHost, ['openWorker']],
    [
      'supervisor to broker',
      brokerControl,
      [
        ...['open', 'lastSigned', 'giveUpSigned', 'trustGateway', 'admit', 'admitSurvey', 'dismiss', 'storeCredential'],
        ...['mapCredential', 'revokeCredential', 'credentials', 'hasKey', 'destroyCustomer'],
      ],
    ],
    ['worker to broker', brokerLease, ['lease']],
    ['surveying worker to broker', brokerSurvey, ['credential']],
    ['ledger to broker', brokerSigner, ['makeBodyKey', 'openBodyKey', 'signCheckpoint']],
    [
      'supervisor to ledger',
      ledgerControl,
      [
        ...[
          'open',
          'interrupted',
          'append',
          'page',
          'outline',
          'verify',
          'bodiesOf',
          'bodiesHeld',
          'dropBodies',
          'dropKeys',
        ],
        ...['checkpoint', 'prove', 'countCalls', 'tallyCalls', 'close'],
      ],
    ],
    ['gateway to ledger', ledgerWriter, ['append']],
    ['supervisor to worker', workerControl, ['describe', 'bind', 'survey']],
    ['gateway to worker', worker, ['execute', 'lookUp']],
  ] as const)('from %s are these', (_, contract, names) => {
    expect(of(contract, 'call')).toEqual(names);
  });
});

describe('the events', () => {
  it('are these', () => {
    expect({ ui: of(ui, 'event'), gateway: of(gatewayControl, 'event'), ledger: of(ledgerControl, 'event') }).toEqual({
      ui: ['changed', 'approvalsChanged', 'verifying', 'searching', 'grew'],
      gateway: ['approvalsChanged', 'health', 'instanceSeen', 'clientSeen'],
      ledger: ['grew', 'verifying', 'searching', 'covered', 'state', 'clock'],
    });
  });
});
