import type { Command } from 'commander';
import { seal } from '../../../src-shared/seal.ts';
import { command } from '../../command.ts';
import { proveOperator } from '../../prove-operator.ts';
import { readCredential } from '../../read-credential.ts';
import { withApp } from '../../running-app.ts';
import type { Common, Outcome, Shell } from '../../shell.ts';
import { plain } from '../../text.ts';
import type { World } from '../../world.ts';
import { instanceId } from './instance-id.ts';

/** Milliseconds: everything that used the old credential ends first. */
const within = 30_000;

/** What opens a vendor account. */
export function addCredential(connector: Command, { world, answer }: Shell): void {
  const credential = connector.command('credential').description('what opens a vendor account');
  command(
    credential,
    'set',
    'store a credential, read from standard input: a JSON object or field=value lines (operator)',
  )
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, set(world, options, instance)));
  command(credential, 'revoke', 'destroy the stored credential; whatever uses it ends (operator)')
    .argument('<instance>')
    .action((instance: string, options: Common) => answer(options, revoke(world, options, instance)));
}

/** The credential leaves this process sealed to the broker: neither the socket nor the supervisor carries it in clear. */
async function set(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const { sealKey, purpose, fields } = await app.api.sealKey({ instance }, app.within());
    const credential = await readCredential(world.input, fields);
    const box = await seal(JSON.stringify(credential), sealKey, purpose);
    await app.api.setCredential({ instance, box }, app.within(within));
    const stored = Object.keys(credential);
    return { json: { instance, fields: stored }, text: plain(`Stored for ${instance}: ${stored.join(', ')}.`) };
  });
}

async function revoke(world: World, options: Common, named: string): Promise<Outcome> {
  const instance = instanceId(named);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    await app.api.revokeCredential({ instance }, app.within(within));
    return { json: { instance, fields: [] }, text: plain(`${instance} has no credential any more.`) };
  });
}
