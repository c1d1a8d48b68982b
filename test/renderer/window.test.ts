/** The built window in Chromium against the fixture host. One browser for all: starting one costs more than the tests. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startWindowInBrowser, type WindowInBrowser } from '../e2e/window-fixture-browser.ts';
import { client } from '../e2e/window-fixture-msp.ts';
import { accessTests } from './window/access.ts';
import { actsOnTests } from './window/acts-on.ts';
import { activityTests } from './window/activity.ts';
import { approvalQueueTests } from './window/approval-queue.ts';
import { approvalTests } from './window/approvals.ts';
import { connectorTests } from './window/connectors.ts';
import { dialogTests } from './window/dialogs.ts';
import { explorerTests } from './window/explorer.ts';
import { focusTests } from './window/focus.ts';
import { formTests } from './window/forms.ts';
import { keptTests } from './window/kept.ts';
import { ledgerTests } from './window/ledger.ts';
import { mappingTests } from './window/mapping.ts';
import { policyTests } from './window/policy.ts';
import { smallTests } from './window/small.ts';
import { roleTests } from './window/roles.ts';
import { switcherTests } from './window/switcher.ts';
import { tryToolTests } from './window/try-tool.ts';

let started: WindowInBrowser;
const shown = (): WindowInBrowser => started;

beforeAll(async () => {
  started = await startWindowInBrowser();
  started.fixture.msp.fill(900);
});
afterAll(() => started.close());
beforeEach(async () => {
  await started.closePages();
  const { msp } = started.fixture;
  msp.bind('meridian-dental');
  msp.change({ clients: [client('a', 'Claude Desktop', 'armed'), client('b', 'Cursor', 'armed')], problems: [] });
  msp.desk.reset();
  msp.asked.length = 0;
  msp.awaited.clear();
  msp.resetLedger();
  msp.resetInstances();
  msp.resetPolicy();
});

switcherTests(shown);
formTests(shown);
focusTests(shown);
dialogTests(shown);
connectorTests(shown);
mappingTests(shown);
tryToolTests(shown);
activityTests(shown);
ledgerTests(shown);
explorerTests(shown);
keptTests(shown);
approvalTests(shown);
approvalQueueTests(shown);
actsOnTests(shown);
accessTests(shown);
smallTests(shown);
roleTests(shown);
policyTests(shown); // After the activity list, whose newest calls it would be.
