/** Tests of instances: which are running, and what the last one of each said. A result holds until something it depends on changes. */
import { create } from 'zustand';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { api, useApp, within } from '../../api/app.ts';
import { faultWords } from '../../api/fault-words.ts';

export interface Tested {
  readonly ok: boolean;
  readonly detail: string;
  /** When it was answered, milliseconds since 1970. */
  readonly at: number;
  /** What it was a test of. */
  readonly of: string;
}

interface Tests {
  readonly running: ReadonlySet<string>;
  readonly results: ReadonlyMap<string, Tested>;
}

export const useTests = create<Tests>(() => ({ running: new Set(), results: new Map() }));

/** Long enough for a vendor that makes us wait, and for the survey a test is while nobody is bound. */
const testMs = 90_000;

/** Tests the instance, unless a test of it is running. */
export async function testInstance(instance: InstanceView): Promise<void> {
  const { id } = instance;
  if (useTests.getState().running.has(id)) return;
  useTests.setState(({ running, results }) => ({
    running: new Set(running).add(id),
    results: without(results, id),
  }));
  const answer = await ask(id);
  useTests.setState(({ running, results }) => ({
    running: new Set([...running].filter((each) => each !== id)),
    results: new Map(results).set(id, { ...answer, at: Date.now(), of: subjectNow(instance) }),
  }));
}

/** The last result, while it still says something about the instance as it is: same account, same customer, no later failure. */
export function currentResult(tested: Tested | undefined, instance: InstanceView, customer: string | null) {
  if (tested === undefined || tested.of !== subjectOf(instance, customer)) return null;
  const { health } = instance;
  const isOutdated = tested.ok && health.state === 'failing' && Date.parse(health.at ?? '') > tested.at;
  return isOutdated ? null : tested;
}

async function ask(instance: InstanceView['id']): Promise<{ ok: boolean; detail: string }> {
  try {
    return await api().testInstance({ instance }, within(testMs));
  } catch (thrown) {
    const { message, remedy } = faultWords(thrown);
    return { ok: false, detail: `${message} ${remedy}` };
  }
}

/** As the window knows it when the answer comes: what was changed just before the test may only be pushed meanwhile. */
function subjectNow(instance: InstanceView): string {
  const { state } = useApp.getState();
  const now = state?.instances.find(({ id }) => id === instance.id) ?? instance;
  return subjectOf(now, state?.binding?.customer.id ?? null);
}

function subjectOf(
  { baseUrl, settings, credentialChangedAt, hasCredential, mapped }: InstanceView,
  customer: string | null,
) {
  return JSON.stringify([baseUrl, settings, credentialChangedAt, hasCredential, mapped, customer]);
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  return new Map([...map].filter(([each]) => each !== key));
}
