import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { ActivityScreen } from '../screens/activity/activity-screen.tsx';
import { AiToolsScreen } from '../screens/ai-tools/ai-tools-screen.tsx';
import { ApprovalsScreen } from '../screens/approvals/approvals-screen.tsx';
import { ConnectorsScreen } from '../screens/connectors/connectors-screen.tsx';
import { CustomerScreen } from '../screens/customer/customer-screen.tsx';
import { KeptScreen } from '../screens/kept/kept-screen.tsx';
import { ledgerSearch } from '../screens/ledger/ledger-search.ts';
import { LedgerScreen } from '../screens/ledger/ledger-screen.tsx';
import { MappingScreen } from '../screens/mapping/mapping-screen.tsx';
import { ToolReviewsScreen } from '../screens/tool-reviews/tool-reviews-screen.tsx';
import { TryToolScreen } from '../screens/try-tool/try-tool-screen.tsx';
import { Frame } from './frame.tsx';
import { NotFound } from './not-found.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const home = createRoute({ getParentRoute: () => root, path: '/', component: CustomerScreen });
const activity = createRoute({ getParentRoute: () => root, path: '/activity', component: ActivityScreen });
/** With an id: that request. Without one: the queue. */
const approvals = createRoute({ getParentRoute: () => root, path: '/approvals/{-$id}', component: ApprovalsScreen });
const tryTool = createRoute({ getParentRoute: () => root, path: '/try', component: TryToolScreen });
const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: ledgerSearch,
  component: LedgerScreen,
});
const kept = createRoute({ getParentRoute: () => root, path: '/ledger/kept', component: KeptScreen });
const connectors = createRoute({ getParentRoute: () => root, path: '/connectors', component: ConnectorsScreen });
const mapping = createRoute({
  getParentRoute: () => root,
  path: '/connectors/$instance/map',
  component: MappingScreen,
});
const toolReviews = createRoute({ getParentRoute: () => root, path: '/tools', component: ToolReviewsScreen });
const aiTools = createRoute({ getParentRoute: () => root, path: '/ai-tools', component: AiToolsScreen });

/**
 * Hash history: the same addresses on loopback and in the desktop app. A link is the route alone, `#/ledger`: with the path before
 * it, `/#/ledger`, it reads as one that skips to a place on this page, and checkers look for that place.
 */
const history = Object.assign(createHashHistory(), { createHref: (path: string) => `#${path}` });

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    activity,
    approvals,
    tryTool,
    ledger,
    kept,
    connectors,
    mapping,
    aiTools,
    toolReviews,
  ]),
  history,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
