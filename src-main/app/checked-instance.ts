import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { Instance } from '../../src-shared/model/instance.ts';
import type { Facts } from './facts.ts';

/** What a person types about a vendor account. */
export interface InstanceInput {
  readonly name: string;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** The demo's own accounts may reach loopback. Only the demo makes them: no person can set or keep this setting. */
export const isDemo = ({ settings }: Pick<Instance, 'settings'>): boolean => settings['demo'] === 'true';

/** The settings as a person may see and change them. */
export function shownSettings({ settings }: Pick<Instance, 'settings'>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'demo'));
}

/**
 * An instance as the person wants it, checked. Where it leads is checked again by the worker, which sees the addresses.
 * @throws Fault INSTANCE_INVALID
 */
export function checkedInstance(
  before: Pick<Instance, 'id' | 'tenant' | 'connector' | 'mapping'>,
  input: InstanceInput,
  { settings: described, baseUrlExample }: ConnectorDescription,
): Instance {
  const settings = checkedSettings(input.settings, described);
  const url = URL.parse(input.baseUrl);
  const isWeb = url?.protocol === 'https:' || (url?.protocol === 'http:' && settings['onPremises'] === 'true');
  if (!url || !isWeb || url.username !== '' || url.password !== '' || /[?#]/.test(input.baseUrl)) {
    throw invalid(
      'This base URL may not be used.',
      `Use https, without a name, password, query or fragment in it, for example ${baseUrlExample}.`,
    );
  }
  const parsed = Instance.safeParse({ ...before, name: input.name, baseUrl: url.href.replace(/\/$/, ''), settings });
  if (!parsed.success) throw invalid('The name or a setting is too long, or not text.', 'Shorten it.');
  return parsed.data;
}

/**
 * A name people can type, made of the connector's and the instance's, that no other instance has. One that was removed
 * may come again: nothing of it is left.
 */
export function freshId(connector: string, name: string, { tenancy }: Pick<Facts, 'tenancy'>): InstanceId {
  const words = slug(name);
  const whole = words.startsWith(connector) ? words : slug(`${connector} ${words}`);
  const isTaken = (id: string): boolean => tenancy.instances.some((each) => each.id === id);
  const base = whole.slice(0, 56);
  let id = base;
  for (let count = 2; isTaken(id); count += 1) id = `${base}-${count}`;
  return InstanceId.parse(id);
}

/** Only what the connector describes; an empty one is one that is not set. */
function checkedSettings(
  given: Readonly<Record<string, string>>,
  described: ConnectorDescription['settings'],
): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value.trim() === '') continue;
    const kind = described.find((each) => each.name === name && name !== 'demo')?.kind;
    if (kind === undefined) {
      const known = described.map((each) => each.name).join(', ');
      throw invalid('This connector has no such setting.', known === '' ? 'It has none.' : `It has: ${known}.`);
    }
    if (kind === 'switch' && value !== 'true') throw invalid(`The setting ${name} is true or not set.`);
    // oxlint-disable-next-line no-control-regex
    if (kind === 'text' && (value.length > 200 || /[\u0000-\u001f\u007f]/.test(value))) {
      throw invalid(`The setting ${name} is one line of at most 200 characters.`);
    }
    settings[name] = kind === 'lines' ? value : value.trim();
  }
  return settings;
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

const invalid = (message: string, remedy = 'Correct it and try again.'): Fault =>
  new Fault('INSTANCE_INVALID', message, remedy);
