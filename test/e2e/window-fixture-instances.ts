/** The calls of the `ui` contract about instances and their mapping, over the made-up MSP. */
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { makeSealKey } from '../../src-shared/seal.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { FixtureMsp } from './window-fixture-msp.ts';
import { fixtureConnectors, fixtureSurvey } from './window-fixture-vendors.ts';

/** The broker's key of this fixture, so that a test can open what the window sealed. */
export const fixtureSeal = await makeSealKey();

type InstanceCalls =
  | 'sealKey'
  | 'setCredential'
  | 'revokeCredential'
  | 'testInstance'
  | 'connectors'
  | 'addInstance'
  | 'changeInstance'
  | 'removeInstance'
  | 'surveyInstance'
  | 'mapCustomers';

export function instanceHandlers(
  msp: FixtureMsp,
  asked: (name: string, input: unknown) => void,
): Pick<Handlers<typeof ui>, InstanceCalls> {
  return {
    sealKey: ({ instance }) => {
      const connector = msp.state.instances.find(({ id }) => id === instance)?.connector;
      const fields = fixtureConnectors.find(({ name }) => name === connector)?.credentialFields ?? [];
      return { sealKey: fixtureSeal.sealKey, purpose: `northway/${instance}`, fields };
    },
    setCredential: (input) => {
      asked('setCredential', input);
      msp.changeInstance(input.instance, { hasCredential: true, credentialChangedAt: new Date().toISOString() });
    },
    revokeCredential: (input) => {
      asked('revokeCredential', input);
      msp.changeInstance(input.instance, { hasCredential: false, credentialChangedAt: null });
    },
    testInstance: async ({ instance }) => {
      await pause(60);
      const isRefused = instance === 'hudu-main';
      return isRefused
        ? { ok: false, detail: 'Hudu refuses the API key. Set a credential that it accepts.' }
        : { ok: true, detail: 'It answered in 182 ms.' };
    },
    connectors: () => fixtureConnectors,
    addInstance: (input) => {
      asked('addInstance', input);
      if (msp.state.instances.some(({ name }) => name === input.name))
        throw new Fault('INSTANCE_INVALID', 'Another instance has this name.', 'Choose another name.');
      const id = InstanceId.parse(`${input.connector}-${msp.state.instances.length + 1}`);
      msp.mappings.set(id, new Map());
      const fresh = { mapped: 0, hasCredential: false, credentialChangedAt: null, lastUsed: null };
      const health = { state: 'unknown' as const, detail: '', at: null };
      msp.change({ instances: [...msp.state.instances, { id, ...input, ...fresh, health }] });
      return { instance: id };
    },
    changeInstance: ({ instance, ...input }) => {
      asked('changeInstance', { instance, ...input });
      const before = msp.state.instances.find(({ id }) => id === instance);
      const isElsewhere = new URL(before?.baseUrl ?? input.baseUrl).host !== new URL(input.baseUrl).host;
      msp.changeInstance(instance, {
        ...input,
        ...(isElsewhere ? { hasCredential: false, credentialChangedAt: null } : {}),
      });
    },
    removeInstance: (input) => {
      asked('removeInstance', input);
      msp.change({ instances: msp.state.instances.filter(({ id }) => id !== input.instance) });
    },
    surveyInstance: async ({ instance }, signal) => {
      asked('surveyInstance', { instance });
      const { ms, fault, isWhole, isEmpty } = msp.survey;
      await pause(ms, signal);
      if (signal.aborted) asked('surveyInstance aborted', { instance });
      if (fault !== null) throw fault;
      const view = fixtureSurvey(msp.customers, msp.mappings.get(instance) ?? new Map());
      return { ...view, isWhole, ...(isEmpty ? { vendorCustomers: [] } : {}) };
    },
    mapCustomers: async ({ instance, changes }) => {
      asked('mapCustomers', { instance, changes });
      for (let ms = 0; ms < msp.mapMs; ms += 20) await pause(20); // Setting it to nothing ends the wait.
      const fault = msp.nextMapFault;
      msp.nextMapFault = null;
      if (fault !== null) throw fault;
      const mapping = new Map(msp.mappings.get(instance));
      for (const { customer, owner } of changes)
        if (owner === null) mapping.delete(customer);
        else mapping.set(customer, owner);
      if (new Set(mapping.values()).size < mapping.size)
        throw new Fault('MAPPING_AMBIGUOUS', 'Two customers would share one.', 'Choose another for one of them.');
      msp.mappings.set(instance, mapping);
      msp.changeInstance(instance, { mapped: mapping.size });
      return { mapped: mapping.size };
    },
  };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
