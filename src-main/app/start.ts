import { asFault, Fault } from '../../src-shared/fault.ts';
import { customerLooks } from '../../src-shared/model/customer-look.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import type { AppOptions, Host, Outline, RunningApp, WindowSurface } from '../host.ts';
import { makeApprovals } from './approvals.ts';
import { makeBodies } from './bodies.ts';
import { makeClientApps } from './client-apps.ts';
import { makeColleagues } from './colleagues.ts';
import { Crew } from './crew.ts';
import { makeCredentials, type Credentials } from './credentials.ts';
import { makeCrosses } from './cross.ts';
import { makeCustomerKeys } from './customer-keys.ts';
import { Demo } from './demo.ts';
import { describeTools } from './describe-tools.ts';
import { readDesk } from './desk.ts';
import { makeEvidence } from './evidence.ts';
import { Facts, type Tenancy } from './facts.ts';
import { forgetFailure, keepFailure } from './failed-start.ts';
import { type FrontEndPowers, serveFrontEnd } from './front-end.ts';
import { inTurn } from './in-turn.ts';
import { makeInstances } from './instances.ts';
import { recordPolicy } from './kept-policies.ts';
import { chooseKeystore } from './keystore.ts';
import { type Log, openLog } from './log.ts';
import { makeOperator } from './operator.ts';
import { paths } from './paths.ts';
import { makeRecorder } from './recorder.ts';
import { makeRetention } from './retention.ts';
import { makeAiSwitch } from './stop-ai.ts';
import { makeSurveys } from './surveys.ts';
import { makeSwitcher } from './switcher.ts';
import { enrolledTenancy } from './tenancy.ts';
import { readToolPins } from './tool-pins.ts';
import { makeToolReviews } from './tool-reviews.ts';

/**
 * Starts Bulkhead in either host: control socket (one Bulkhead a home), enrolment, processes, window. Whatever was
 * started when something fails is ended again, and the fault says what to do.
 */
export async function startApp(host: Host, options: AppOptions): Promise<RunningApp> {
  const closing: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= closeAll(closing));
  try {
    return await start(host, options, closing, stop);
  } catch (thrown) {
    await stop();
    keepFailure(host, thrown);
    throw thrown;
  }
}

async function start(
  host: Host,
  options: AppOptions,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningApp> {
  const log = openLog(host, options.logLevel);
  const serving: { powers?: FrontEndPowers; window?: WindowSurface; onManyWrong?: () => void } = {};
  const { operator, token } = makeOperator({ host, onManyWrong: () => serving.onManyWrong?.() });
  const control = await host.serveControl((port) =>
    serving.powers ? serveFrontEnd(serving.powers, port, false) : port.close(),
  );
  closing.push(() => control.close());

  const demo = options.isDemo
    ? new Demo(host, log, { dataFile: options.demoData, signedIn: options.demoAs })
    : undefined;
  if (demo) closing.push(() => demo.stop());
  const tenancy = await (demo?.start() ?? enrolledTenancy(host));
  const { tenant } = tenancy.enrolment;
  const desk = readDesk(host, tenant);

  const { facts, crew } = await startCrew(host, options, log, { tenancy, desk, closing });
  const recorder = makeRecorder(facts, crew);
  const turn = inTurn();
  const switcher = makeSwitcher({ host, facts, crew, recorder, turn });
  const clientApps = makeClientApps({ host, facts, crew, recorder, turn });
  const approvals = makeApprovals({ facts, crew, recorder, log });
  const crosses = makeCrosses({ host, facts, crew, recorder, turn });
  const aiSwitch = makeAiSwitch({ host, facts, crew, recorder });
  const toolReviews = makeToolReviews({ host, facts, crew, recorder, turn });
  const credentials = makeCredentials(host, facts, crew, recorder);
  const surveys = makeSurveys({ host, facts, crew, recorder });
  const instances = makeInstances({ host, facts, crew, recorder, credentials, surveys, turn });
  const retention = makeRetention({ host, facts, crew, log });

  await recorder.bySystem({
    kind: 'app.started',
    customer: null,
    params: { version: options.version, host: host.kind, demo: options.isDemo },
  });
  await crosses.watch();
  closing.push(async () => {
    crosses.unwatch();
    retention.unwatch();
    surveys.endAll();
    await crew.endCalls();
    await approvals.endAll();
    await recorder.bySystem({ kind: 'app.stopped', customer: null });
  });
  await recordPolicy({ host, facts, recorder, log });
  await toolReviews.acceptFirst();
  if (demo) await demoCredentials(demo, crew, credentials);
  /** What the demo brings again is what it had: a credential that a person revoked stays revoked until the next start. */
  const restock = async (): Promise<void> => {
    if (demo) await demoCredentials(demo, crew, credentials, (instance) => facts.credentials.has(instance));
  };
  crew.onBrokerUp = async () => {
    if (facts.keystore.kind === 'memory') await restock();
    await credentials.refresh();
  };
  if (demo)
    demo.onRestart = () =>
      turn(async () => {
        await moveTo(await demo.tenancy(), facts, crew);
        await restock();
        await recordPolicy({ host, facts, recorder, log }); // It is issued anew with the places.
      });
  await credentials.refresh();
  retention.watch();

  const powers: FrontEndPowers = {
    host,
    facts,
    crew,
    switcher,
    clientApps,
    approvals,
    bodies: makeBodies({ facts, crew, recorder }),
    colleagues: makeColleagues(demo),
    crosses,
    customerKeys: makeCustomerKeys({ facts, crew, instances, turn }),
    aiSwitch,
    credentials,
    evidence: makeEvidence({ host, facts, crew, recorder }),
    instances,
    surveys,
    toolReviews,
    operator,
    version: options.version,
    isDemo: options.isDemo,
    window: () => serving.window,
  };
  serving.onManyWrong = () =>
    void recorder
      .bySystem({ kind: 'alert', customer: null, params: { alert: 'log-in-attempts' } })
      .catch((thrown: unknown) => log('warn', 'alert.unrecorded', { fault: asFault(thrown).code }));
  serving.powers = powers;
  const window = await host.serveWindow({
    onWindow: (port) => serveFrontEnd(powers, port, true),
    isOperator: (given) => operator.isOperator(given),
    failedLogIn: () => operator.failed(),
    log: (text) => log('info', 'window', { text }),
  });
  serving.window = window;
  closing.push(() => window.close());
  const hueOf = makeHueOf();
  const stopTelling = facts.onChange(() => {
    const bound = facts.switcher && facts.customer(facts.switcher.binding.customer);
    host.tell({
      customer: bound?.name ?? null,
      ...hueOf(bound?.id, facts.tenancy.bundle.customers),
      isProblem: facts.ledger.problem !== null || facts.broken !== null || crew.problems().length > 0,
      ...asksOf(facts),
    });
  });
  closing.push(async () => stopTelling());

  const ready = { mcpUrl: facts.mcpUrl ?? '', windowUrl: window.windowUrl, pid: host.pid, host: host.kind };
  host.files.write(
    paths.appFile,
    `${JSON.stringify({ ...ready, control: control.path, started: new Date(host.now()).toISOString() })}\n`,
  );
  closing.push(async () => host.files.remove(paths.appFile));
  forgetFailure(host);
  return { ready, operatorToken: token, notes: notesOf(facts), window, stop };
}

/** The hue of a customer. The looks of a directory are made once for each: that takes milliseconds, and every call is a change. */
function makeHueOf() {
  let known: { readonly of: readonly Customer[]; readonly looks: ReturnType<typeof customerLooks> } | undefined;
  return (id: CustomerId | undefined, customers: readonly Customer[]): Pick<Outline, 'hue'> => {
    if (id === undefined) return {};
    if (known?.of !== customers) known = { of: customers, looks: customerLooks(customers) };
    const hue = known.looks.get(id)?.hue;
    return hue === undefined ? {} : { hue };
  };
}

/** How many calls wait for a person, and the last that came: its title and whose it is, nothing of what it says. */
function asksOf({ waiting }: Facts): Pick<Outline, 'pendingApprovals' | 'lastAsked'> {
  const last = waiting.at(-1);
  const lastAsked = last && { id: last.id, title: last.title, customer: last.customer.name };
  return { pendingApprovals: waiting.length, lastAsked };
}

async function startCrew(
  host: Host,
  options: AppOptions,
  log: Log,
  { tenancy, desk, closing }: { tenancy: Tenancy; desk: ReturnType<typeof readDesk>; closing: (() => Promise<void>)[] },
): Promise<{ facts: Facts; crew: Crew }> {
  const wanted = chooseKeystore(options.keystore, options.isDemo);
  const { connectors, tools } = await describeTools(host);
  const toolPins = readToolPins(host, { tenant: tenancy.enrolment.tenant, desk, tools });
  const attempt = async (keystore: typeof wanted) => {
    const facts = new Facts(tenancy, desk, keystore);
    Object.assign(facts, { connectors, tools, toolPins });
    const crew = new Crew(host, facts, log, {
      version: options.version,
      mcpPort: options.mcpPort,
      keychain: options.keychainEnvironment,
    });
    try {
      await crew.start();
    } catch (thrown) {
      await crew.stop();
      throw thrown;
    }
    closing.push(() => crew.stop());
    return { facts, crew };
  };
  try {
    return await attempt(wanted);
  } catch (thrown) {
    // The demo holds nothing worth a keychain. Chosen only when none was named, and the window says so.
    const isFreeToFall = options.isDemo && options.keystore === null && thrown instanceof Fault;
    if (!isFreeToFall || !['KEYCHAIN_MISSING', 'KEYCHAIN_LOCKED'].includes(thrown.code)) throw thrown;
    log('warn', 'keystore.memory', { because: thrown.code });
    return attempt({ kind: 'memory' });
  }
}

function notesOf({ keystore, interrupted }: Facts): string[] {
  const notes: string[] = [];
  if (keystore.kind === 'memory') notes.push('No OS keychain is used: the demo keeps its credentials in memory only.');
  if (interrupted > 0) notes.push(`${interrupted} call(s) were cut short when Bulkhead last ended; see the ledger.`);
  return notes;
}

async function demoCredentials(
  { api }: Demo,
  crew: Crew,
  credentials: Credentials,
  isWanted: (instance: InstanceId) => boolean = () => true,
): Promise<void> {
  for (const { instance, box } of (await api?.credentials({ sealKey: crew.sealKey })) ?? []) {
    if (isWanted(instance)) await credentials.store(instance, box, 'demo');
  }
}

/** The demo's vendors are elsewhere after a crash: everything that knew the old places is told or ended. */
async function moveTo(tenancy: Tenancy, facts: Facts, crew: Crew): Promise<void> {
  facts.change((all) => (all.tenancy = tenancy));
  await crew.workers.endAll();
  await crew.pushTenancy();
}

/** In reverse order of opening; one that fails does not keep the others open. */
async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of [...closing].reverse()) await close().catch(() => {});
}
