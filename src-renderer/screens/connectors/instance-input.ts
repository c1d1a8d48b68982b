/** What a person types about an instance, and what is sent of it. The application checks it again. */
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import type { ConnectorDescription } from '../../../src-shared/contract/worker.ts';

export interface InstanceInput {
  readonly name: string;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** The first field that cannot be sent as it is. */
export function wrongField({ name, baseUrl }: InstanceInput): 'name' | 'baseUrl' | null {
  if (name.trim() === '') return 'name';
  return hostOf(baseUrl) === null ? 'baseUrl' : null;
}

/** Host and port of an http or https address; null for anything else. */
export function hostOf(address: string): string | null {
  const url = URL.parse(address.trim());
  return url !== null && /^https?:$/.test(url.protocol) && url.host !== '' ? url.host : null;
}

/** As it is sent: trimmed, and without the settings that were left empty. */
export function toSend({ name, baseUrl, settings }: InstanceInput): InstanceInput {
  const filled = Object.entries(settings)
    .map(([key, value]) => [key, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return { name: name.trim(), baseUrl: baseUrl.trim(), settings: Object.fromEntries(filled) };
}

/** The settings every connector has, such as a proxy: rarely touched, so they stand apart from the connector's own. */
export function commonSettings(connectors: readonly ConnectorDescription[]): ReadonlySet<string> {
  const [first, ...others] = connectors.map(({ settings }) => new Set(settings.map(({ name }) => name)));
  if (first === undefined || others.length === 0) return new Set();
  return others.reduce((shared, each) => shared.intersection(each), first);
}

/** A name nobody has yet: the connector's title, numbered where that is taken. */
export function freeName({ title }: ConnectorDescription, instances: readonly Pick<InstanceView, 'name'>[]): string {
  const taken = new Set(instances.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? title : `${title} ${number}`;
    if (!taken.has(name)) return name;
  }
}
