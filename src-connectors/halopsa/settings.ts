// What an administrator may say of a HaloPSA tenant, and what holds where nothing is said: the numbers of stock tenants
// (halopsa.md §5.5), which a tenant of long standing may have changed.
import type { SettingDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { RecordId } from './ids.ts';

const stock = { privateNoteOutcome: 7, replyOutcome: 2, closeOutcome: 9, closedStatus: 9 } as const;

export type HaloNumber = keyof typeof stock;

export const haloSettings: readonly SettingDescription[] = [
  {
    name: 'tenant',
    title: 'Tenant',
    help: 'The name of a hosted tenant, as in https://name.halopsa.com. Leave empty on your own host.',
    kind: 'text',
  },
  numbered('privateNoteOutcome', 'Outcome of private notes', 'The id of the outcome that stands for an internal note.'),
  numbered('replyOutcome', 'Outcome of replies', 'The id of the outcome that mails the contact of a ticket.'),
  numbered('closeOutcome', 'Outcome of closing', 'The id of the outcome that resolves a ticket.'),
  numbered('closedStatus', 'Closed status', 'The id of the status of a closed ticket.'),
];

/** Settings as bound. Fault: BINDING_INVALID for one that is not a number. */
export function numberOf(settings: Readonly<Record<string, string>>, name: HaloNumber): number {
  const text = settings[name] || undefined;
  const number = text === undefined ? stock[name] : Number(text);
  if (RecordId.safeParse(number).success) return number;
  throw new Fault('BINDING_INVALID', `The setting ${name} is not an id.`, 'Correct the setting in Connectors.');
}

/** Fault: BINDING_INVALID when any of them cannot be used. */
export function checkSettings(settings: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(stock)) numberOf(settings, name as HaloNumber);
}

function numbered(name: HaloNumber, title: string, help: string): SettingDescription {
  return { name, title, help: `${help} Leave empty for ${stock[name]}, which new tenants have.`, kind: 'text' };
}
