/** The one line that says how an instance stands and what to do next. */
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { moment, number, t } from '../../words.ts';
import type { Tested } from './instance-tests.ts';

export type NextStep = 'credential' | 'map' | null;

export interface InstanceStatus {
  readonly tone: 'busy' | 'good' | 'bad' | 'next' | 'quiet';
  readonly words: string;
}

interface About {
  readonly instance: InstanceView;
  readonly customerCount: number;
  readonly isTesting: boolean;
  readonly tested: Tested | null;
  /** Whether the role includes setting connectors up. To others a next step says nothing they could do. */
  readonly mayManage: boolean;
}

/** What is missing before anything can use it. */
export function nextStep({ hasCredential, mapped }: InstanceView): NextStep {
  if (!hasCredential) return 'credential';
  return mapped === 0 ? 'map' : null;
}

/** What a person most needs to know: what runs, what the last test said, what is missing, what fails, what is left. */
export function instanceStatus({ instance, customerCount, isTesting, tested, mayManage }: About): InstanceStatus {
  const { name, health, mapped } = instance;
  if (isTesting) return { tone: 'busy', words: t('connectors.status.testing', { name }) };
  if (tested !== null) return { tone: tested.ok ? 'good' : 'bad', words: tested.detail };
  const next = nextStep(instance);
  if (next === 'credential')
    return mayManage
      ? { tone: 'next', words: t('connectors.status.needsCredential', { name }) }
      : { tone: 'quiet', words: t('connectors.status.hasNoCredential', { name }) };
  if (health.state === 'failing')
    return { tone: 'bad', words: [health.detail, checked(health.at)].filter((part) => part !== '').join(' ') };
  if (next === 'map')
    return mayManage
      ? { tone: 'next', words: t('connectors.status.needsMapping', { name }) }
      : { tone: 'quiet', words: t('connectors.status.hasNoMapping', { name }) };
  if (health.state === 'unknown')
    return {
      tone: 'quiet',
      words: [t('connectors.status.notChecked'), mayManage ? t('connectors.status.testShows') : ''].join(' ').trim(),
    };
  const unmapped = Math.max(0, customerCount - mapped);
  const left =
    unmapped === 0
      ? t('connectors.status.ready')
      : t('connectors.status.unmapped', { count: unmapped, unmapped: number(unmapped), name });
  return { tone: 'quiet', words: [checked(health.at), left].filter((part) => part !== '').join(' ') };
}

const checked = (at: string | null): string => (at === null ? '' : t('connectors.status.checked', { at: moment(at) }));
