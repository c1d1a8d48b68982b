import type { Command } from 'commander';
import { Fault } from '../../../src-shared/fault.ts';
import { command } from '../../command.ts';
import { proveOperator } from '../../prove-operator.ts';
import { withApp } from '../../running-app.ts';
import type { Common, Outcome, Shell } from '../../shell.ts';
import { plain } from '../../text.ts';
import type { World } from '../../world.ts';
import { instanceId } from './instance-id.ts';

interface AddOptions extends Common {
  readonly url: string;
  readonly set: Readonly<Record<string, string>>;
}

interface ChangeOptions extends Common {
  readonly name?: string;
  readonly url?: string;
  readonly set: Readonly<Record<string, string>>;
}

/** Milliseconds: every call that runs with the old account ends first. */
const within = 30_000;

/** Setting up, changing and removing a vendor account. */
export function addAccount(connector: Command, { world, answer }: Shell): void {
  command(connector, 'add', 'set up a vendor account; it needs a credential and a mapping then (operator)')
    .argument('<connector>', 'one of `bulkhead connector types`')
    .argument('<name>', 'what people call it')
    .requiredOption('--url <url>', 'the base URL of the account')
    .option('--set <name=value>', 'a setting; may be given several times', setting, {})
    .action((type: string, name: string, options: AddOptions) => answer(options, add(world, options, { type, name })));
  command(connector, 'change', 'rename or move it; another host destroys its credential (operator)')
    .argument('<instance>')
    .option('--name <name>', 'what people call it')
    .option('--url <url>', 'the base URL of the account')
    .option('--set <name=value>', 'a setting, empty to unset it; may be given several times', setting, {})
    .action((instance: string, options: ChangeOptions) => answer(options, change(world, options, instance)));
  command(connector, 'remove', 'remove it with its credential and its mapping (operator)')
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, remove(world, options, instance)));
}

async function add(
  world: World,
  { url, set, ...options }: AddOptions,
  { type, name }: { type: string; name: string },
): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const input = { connector: type, name, baseUrl: url, settings: set };
    const { instance } = await app.api.addInstance(input, app.within(within));
    const next = `Next: bulkhead connector credential set ${instance}, then bulkhead connector map ${instance}`;
    return {
      json: { instance, connector: type, name: name.trim() },
      text: `${plain(`${instance} is added.`)}\n${next}`,
    };
  });
}

async function change(world: World, { name, url, set, ...options }: ChangeOptions, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  if (name === undefined && url === undefined && Object.keys(set).length === 0) {
    throw new Fault('USAGE', 'Nothing to change was named.', 'See `bulkhead connector change --help`.');
  }
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const before = (await app.api.state(undefined, app.within())).instances.find(({ id }) => id === instance);
    if (!before) {
      throw new Fault(
        'UNKNOWN_INSTANCE',
        'There is no connector instance of this id.',
        'See `bulkhead connector list`.',
      );
    }
    const next = {
      name: name ?? before.name,
      baseUrl: url ?? before.baseUrl,
      settings: { ...before.settings, ...set },
    };
    await app.api.changeInstance({ instance, ...next }, app.within(within));
    const after = (await app.api.state(undefined, app.within())).instances.find(({ id }) => id === instance);
    const isRevoked = before.hasCredential && after?.hasCredential === false;
    const words = isRevoked
      ? `${instance} is changed. Its credential is gone: set it again.`
      : `${instance} is changed.`;
    return { json: { instance, hasCredential: after?.hasCredential ?? false }, text: plain(words) };
  });
}

async function remove(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    await app.api.removeInstance({ instance }, app.within(within));
    return { json: { instance }, text: plain(`${instance} is removed.`) };
  });
}

function setting(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new Fault('USAGE', 'A setting is written name=value.', 'See `bulkhead connector types`.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1) };
}
