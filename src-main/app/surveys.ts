import { type SurveyBinding, type VendorCustomer, workerControl } from '../../src-shared/contract/worker.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { Health, Instance } from '../../src-shared/model/instance.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Host } from '../host.ts';
import { workerOptions } from './child-options.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Recorder } from './recorder.ts';
import { vendorRemedies } from './vendor-remedies.ts';

/** Milliseconds a survey may take, from its start to its answer. */
const deadlines = { probe: 20_000, all: 60_000 } as const;
/** Milliseconds the broker may take to expect its link. */
const admitDeadline = 4000;

/** As what the ledger knows a survey. */
export const surveyTool = 'instance_survey';

export interface Survey {
  readonly customers: readonly VendorCustomer[];
  readonly isWhole: boolean;
}

/** Asks vendors which customers they know, for a person who maps. */
export interface Surveys {
  /**
   * Recorded before the vendor is asked, and after. One at a time of an instance. Faults: SURVEY_RUNNING, the ledger's,
   * the worker's, WORKER_ENDED, CANCELLED.
   */
  run(instance: Instance, extent: SurveyBinding['extent'], signal: AbortSignal): Promise<Survey>;
  /** The instance or its credential is another now: what a running survey would find says nothing of it. */
  end(instance: InstanceId): void;
  endAll(): void;
}

export interface SurveyPowers {
  readonly host: Pick<Host, 'spawn' | 'link' | 'now' | 'randomHex'>;
  readonly facts: Facts;
  readonly crew: Pick<Crew, 'broker' | 'brokerChild'>;
  readonly recorder: Recorder;
}

/**
 * A survey sees all customers of an account at once, which nothing else in the program does. So its worker is never bound
 * and never linked to the gateway: what it finds goes to the operator's front end and nowhere else. It ends with its answer.
 */
export function makeSurveys({ host, facts, crew, recorder }: SurveyPowers): Surveys {
  const running = new Map<InstanceId, AbortController>();
  return {
    run,
    end: (instance) => running.get(instance)?.abort(),
    endAll: () => {
      for (const ending of running.values()) ending.abort();
    },
  };

  async function run(instance: Instance, extent: SurveyBinding['extent'], signal: AbortSignal): Promise<Survey> {
    if (running.has(instance.id)) {
      throw new Fault('SURVEY_RUNNING', 'This connector is being asked already.', 'Wait for it, and try again.');
    }
    const ending = new AbortController();
    running.set(instance.id, ending);
    try {
      return await recorded(instance, extent, AbortSignal.any([signal, ending.signal]));
    } finally {
      running.delete(instance.id);
    }
  }

  async function recorded(instance: Instance, extent: SurveyBinding['extent'], signal: AbortSignal): Promise<Survey> {
    const about = {
      customer: null,
      tool: surveyTool,
      connector: instance.connector,
      risk: 'sensitive' as const,
      params: { instance: instance.id, extent },
    };
    const from = host.now();
    const ref = await recorder.byTechnician({ ...about, kind: 'call.intent' });
    facts.change((all) => all.instanceUsed.set(instance.id, new Date(host.now()).toISOString()));
    const ran = await ask(instance, extent, signal).catch(asFault);
    const isOk = !(ran instanceof Fault);
    const health = isOk ? healthy : failing(ran);
    if (health) {
      const at = new Date(host.now()).toISOString();
      facts.change((all) => all.surveyed.set(instance.id, { ...health, at }));
    }
    const result = {
      status: isOk ? 'ok' : ran.code.slice(0, 40),
      records: isOk ? ran.customers.length : 0,
      dropped: 0,
      redacted: 0,
      bytes: isOk ? new TextEncoder().encode(JSON.stringify(ran.customers)).length : 0,
      ms: Math.max(0, host.now() - from),
    };
    await recorder.byTechnician({ ...about, kind: 'call.outcome', ref, result });
    if (!isOk) throw ran;
    return ran;
  }

  async function ask(instance: Instance, extent: SurveyBinding['extent'], signal: AbortSignal): Promise<Survey> {
    if (signal.aborted) throw cancelled();
    const until = host.now() + deadlines[extent];
    const { id, tenant, connector, baseUrl, settings } = instance;
    const link = `survey:${tenant}/${id}/${host.randomHex(8)}`;
    const [broker, brokerChild] = [crew.broker, crew.brokerChild];
    if (!brokerChild) throw new Fault('WORKER_UNAVAILABLE', 'A part of Bulkhead is starting again.');
    const child = await host.spawn(workerOptions);
    try {
      await broker.admitSurvey({ link, tenant, instance: id }, { signal, deadlineMs: admitDeadline });
      await host.link({ child, name: 'survey' }, { child: brokerChild, name: link });
      const deadlineMs = Math.max(1, until - host.now());
      const api = client(workerControl, child.port);
      return await api.survey({ tenant, instance: id, connector, baseUrl, settings, extent }, { signal, deadlineMs });
    } catch (thrown) {
      throw worded(thrown);
    } finally {
      child.kill();
      await child.exited;
      await broker.dismiss({ link }, { deadlineMs: 1000 }).catch(() => {}); // A broker that is gone has forgotten it.
    }
  }
}

const healthy = { state: 'healthy', detail: '' } as const;

/** What a fault says of the account; undefined when it says something of us. */
function failing({ code, message }: Fault): Omit<Health, 'at'> | undefined {
  const isOfAccount = ['VENDOR_ERROR', 'TIMED_OUT', 'CREDENTIAL_UNAVAILABLE', 'BINDING_INVALID'].includes(code);
  return isOfAccount ? { state: 'failing', detail: message.slice(0, 300) } : undefined;
}

/** What happens between two of our processes, as the person who waits for a vendor should read it. */
function worded(thrown: unknown): Fault {
  const fault = asFault(thrown);
  if (fault.code === 'DEADLINE') {
    return new Fault('TIMED_OUT', 'The vendor took too long.', 'Try again in a while, and look at the base URL.');
  }
  if (fault.code === 'PORT_CLOSED') {
    const what = "Bulkhead's own isolated process for this connector ended before there was an answer.";
    return new Fault('WORKER_ENDED', what, 'Try again. If it ends again, restart Bulkhead.');
  }
  if (fault.code === 'CANCELLED') return cancelled();
  const remedy = vendorRemedies[fault.code];
  return remedy === undefined ? fault : new Fault(fault.code, fault.message, remedy);
}

const cancelled = (): Fault =>
  new Fault('CANCELLED', 'The connector was changed, or nobody waits any more. Nothing was changed by this.');
