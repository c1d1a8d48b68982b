// A made-up company whose policy uses everything a policy can say: roles, assignments, a group with stricter rules, office
// hours, a client app that may only read, one person's approval and two persons'. Its rules in Cedar; oracle.ts states the
// same in plain TypeScript, written from the sentences and not from the Cedar.
import type { Bundle } from '../../../src-shared/model/bundle.ts';

const rule = (says: string, cedar: string): string => `@says("${says}")\n${cedar}`;
const call = (...risks: string[]): string =>
  `action in [${risks.map((one) => `Bulkhead::Action::"${one}"`).join(', ')}]`;
const role = (name: string): string => `principal in Bulkhead::Role::"${name}"`;

export const policies: Readonly<Record<string, string>> = {
  'technicians-read': rule(
    'Technicians and senior technicians read what their customers have.',
    `permit (${role('technician')}, ${call('read', 'sensitive')}, resource) when { context.assigned };`,
  ),
  'seniors-read': rule(
    'Senior technicians read too.',
    `permit (${role('senior-technician')}, ${call('read', 'sensitive')}, resource) when { context.assigned };`,
  ),
  'dispatchers-read': rule(
    'Dispatchers read every customer, without personal detail.',
    `permit (${role('dispatcher')}, ${call('read')}, resource);`,
  ),
  'dispatchers-book': rule(
    'Dispatchers change nothing but appointments.',
    `permit (${role('dispatcher')}, ${call('write')}, resource) when { context.tool == "appointment_create" };`,
  ),
  'technicians-write': rule(
    'Technicians change records when a person approves.',
    `permit (${role('technician')}, ${call('write')}, resource) when { context.assigned && context.approvals >= 1 };`,
  ),
  'seniors-write': rule(
    'Senior technicians change records.',
    `permit (${role('senior-technician')}, ${call('write')}, resource) when { context.assigned };`,
  ),
  'technicians-outward': rule(
    'Technicians and seniors may send and reveal, a person approving.',
    `permit (principal, ${call('external', 'credential')}, resource)
     when { (principal in Bulkhead::Role::"technician" || principal in Bulkhead::Role::"senior-technician") && context.assigned };`,
  ),
  'seniors-spend': rule(
    'Senior technicians spend when two persons approve.',
    `permit (${role('senior-technician')}, ${call('spend')}, resource) when { context.assigned && context.approvals >= 2 };`,
  ),
  'managers-all': rule(
    'Managers may do everything; a person approves what is grave.',
    `permit (${role('manager')}, action, resource);`,
  ),
  'services-read': rule(
    'The reporting service reads.',
    `permit (${role('service-account')}, ${call('read')}, resource) when { context.assigned };`,
  ),
  'regulated-writes': rule(
    'At a regulated customer every change needs a person.',
    `forbid (principal, ${call('write')}, resource in Bulkhead::Group::"regulated") unless { context.approvals >= 1 };`,
  ),
  'regulated-destroys': rule(
    'At a regulated customer nothing is destroyed.',
    `forbid (principal, ${call('destructive')}, resource in Bulkhead::Group::"regulated");`,
  ),
  'outward-in-office-hours': rule(
    'Nothing is sent outside from 18:00 to 08:00, nor at the weekend.',
    `forbid (principal, ${call('external')}, resource)
     unless { context.weekday <= 5 && context.minute >= 480 && context.minute < 1080 };`,
  ),
  'kiosk-reads': rule(
    'The kiosk only reads.',
    `forbid (principal, ${call('sensitive', 'credential', 'write', 'external', 'spend', 'destructive')}, resource)
     when { context.client == "kiosk" };`,
  ),
  'no-crossing-outward': rule(
    'Work on several customers at once only reads.',
    `forbid (principal, ${call('credential', 'write', 'external', 'spend', 'destructive')}, resource) when { context.cross };`,
  ),
};

export const roles = [
  'technician',
  'senior-technician',
  'dispatcher',
  'manager',
  'auditor',
  'service-account',
] as const;
export type RoleName = (typeof roles)[number];

/** `acme` is everybody's of the first group, `zenith` is regulated and assigned too, `far` is assigned to nobody. */
export const customers = ['acme', 'zenith', 'far'] as const;
export type CustomerName = (typeof customers)[number];

export const clients = ['assistant', 'kiosk', 'operator'] as const;
export const tools = ['appointment_create', 'anything_else'] as const;

/** Instants in the company's zone, America/Chicago (UTC-6 in November): what people there see on the clock. */
export const moments = {
  'Friday 10:00': Date.parse('2026-11-20T16:00:00.000Z'),
  'Friday 17:59': Date.parse('2026-11-20T23:59:00.000Z'),
  'Friday 18:00': Date.parse('2026-11-21T00:00:00.000Z'),
  'Saturday 10:00': Date.parse('2026-11-21T16:00:00.000Z'),
  'Monday 07:59': Date.parse('2026-11-23T13:59:00.000Z'),
} as const;
export type Moment = keyof typeof moments;

export const company: Partial<Record<keyof Bundle, unknown>> = {
  customers: customers.map((id, at) => ({
    id,
    code: `CUST-${at + 1}`,
    name: `Customer ${id}`,
    domain: `${id}.example`,
    aliases: [],
  })),
  policy: {
    policies,
    timeZone: 'America/Chicago',
    groups: [
      { id: 'regulated', name: 'Regulated', customers: ['zenith'] },
      { id: 'city', name: 'City', customers: ['acme'] },
    ],
    assignments: [
      { technicians: ['tess'], roles: [], customers: ['zenith'], groups: ['city'] },
      { technicians: [], roles: ['senior-technician', 'service-account'], customers: ['acme', 'zenith'], groups: [] },
    ],
  },
};
