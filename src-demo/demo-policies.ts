// The demo MSP's policy, in Cedar (docs/policy.md): who may do what with an AI, what asks for a person, and who that is. Each
// rule says itself in plain words, because windows show them. Group "regulated" is there in every demo, if only empty.
import { Right } from '../src-shared/model/right.ts';

/** The roles these policies speak of. */
export const demoRoles = [
  'technician',
  'senior-technician',
  'dispatcher',
  'manager',
  'auditor',
  'service-account',
  'administrator',
] as const;

const technical = '[Bulkhead::Role::"technician", Bulkhead::Role::"senior-technician", Bulkhead::Role::"manager"]';
const leading = '[Bulkhead::Role::"senior-technician", Bulkhead::Role::"manager"]';
const is = (...roles: (typeof demoRoles)[number][]): string =>
  `(${roles.map((role) => `principal in Bulkhead::Role::"${role}"`).join(' || ')})`;
const actions = (...names: string[]): string =>
  `action in [${names.map((name) => `Bulkhead::Action::"${name}"`).join(', ')}]`;
const anyCall = 'action in Bulkhead::Action::"call"';

const calls: Readonly<Record<string, string>> = {
  'look-things-up': `
    @says("Everyone who works for customers may look things up, and so may service accounts.")
    permit (principal, ${actions('read')}, resource)
    when { ${is('technician', 'senior-technician', 'dispatcher', 'manager', 'service-account')} };`,
  'look-closer': `
    @says("Technicians and managers may read personal and financial details.")
    permit (principal, ${actions('sensitive')}, resource)
    when { ${is('technician', 'senior-technician', 'manager')} };`,
  'change-things': `
    @says("Technicians and managers may change tickets, documentation and assets.")
    permit (principal, ${actions('write')}, resource)
    when { ${is('technician', 'senior-technician', 'manager')} };`,
  'plan-work': `
    @says("Dispatchers may change tickets and appointments, and nothing else.")
    permit (principal in Bulkhead::Role::"dispatcher", ${actions('write')}, resource)
    when { context.connector == "halopsa" };`,
  'with-a-person': `
    @says("Passwords, messages that go out and orders: a person approves each one.")
    permit (principal, ${actions('credential', 'external', 'spend')}, resource)
    when { ${is('technician', 'senior-technician', 'manager')} && context.approvals >= 1 };`,
  'with-two-persons': `
    @says("What cannot be undone is for senior technicians and managers, and two persons approve it.")
    permit (principal, ${actions('destructive')}, resource)
    when { ${is('senior-technician', 'manager')} && context.approvals >= 2 };`,
  'assigned-only': `
    @says("Only for customers who are assigned to the technician.")
    forbid (principal, ${anyCall}, resource)
    unless { context.assigned };`,
  'regulated-changes': `
    @says("At a regulated customer a person approves every change.")
    forbid (principal, ${actions('write')}, resource in Bulkhead::Group::"regulated")
    unless { context.approvals >= 1 };`,
  'regulated-four-eyes': `
    @says("At a regulated customer two persons approve what costs money or reveals a password.")
    forbid (principal, ${actions('spend', 'credential')}, resource in Bulkhead::Group::"regulated")
    unless { context.approvals >= 2 };`,
  'regulated-hours': `
    @says("To a regulated customer messages go out on working days between 07:00 and 20:00.")
    forbid (principal, ${actions('external')}, resource in Bulkhead::Group::"regulated")
    unless { context.weekday <= 5 && context.minute >= 420 && context.minute < 1200 };`,
  'kiosk-looks-only': `
    @says("A client app whose name begins with Kiosk only looks things up.")
    forbid (principal, ${anyCall}, resource)
    when { context.client like "Kiosk*" && action != Bulkhead::Action::"read" };`,
  'own-company-only': `
    @says("Nothing outside the own company.")
    forbid (principal, action, resource)
    unless { resource in principal.tenant };`,
};

const people: Readonly<Record<string, string>> = {
  'approve-own-work': `
    @says("Technicians and managers may approve calls for customers who are assigned to them.")
    permit (principal, ${actions('approve')}, resource)
    when { principal in ${technical} && context.assigned && context.risk != "destructive" };`,
  'approve-what-destroys': `
    @says("What cannot be undone is approved by senior technicians and managers.")
    permit (principal, ${actions('approve')}, resource)
    when { principal in ${leading} && context.assigned };`,
  'approve-for-a-while': `
    @says("Changes and messages may be approved for a while.")
    permit (principal, ${actions('stand')}, resource)
    when { principal in ${technical} && context.assigned && ["write", "external"].contains(context.risk) };`,
  'select-customers': `
    @says("Everyone may select the customers who are assigned to them.")
    permit (principal, ${actions('bind')}, resource)
    when { context.assigned };`,
  'work-across-customers': `
    @says("Senior technicians and managers may let an AI work on several of their customers at once.")
    permit (principal, ${actions('cross')}, resource)
    when { principal in ${leading} && context.assigned };`,
  'own-client-apps': `
    @says("Technicians, dispatchers, managers and administrators may add and allow client apps.")
    permit (principal, ${actions('manage-client-apps')}, resource)
    when { ${is('technician', 'senior-technician', 'dispatcher', 'manager', 'administrator')} };`,
  'read-what-happened': `
    @says("Everyone who works here may read the ledger.")
    permit (principal, ${actions('read-ledger')}, resource)
    when { ${is('technician', 'senior-technician', 'dispatcher', 'manager', 'auditor', 'administrator')} };`,
  'take-evidence': `
    @says("Technicians, managers and auditors may export the ledger.")
    permit (principal, ${actions('export-ledger')}, resource)
    when { ${is('technician', 'senior-technician', 'manager', 'auditor')} };`,
  'read-what-was-asked': `
    @says("Senior technicians, managers and auditors may read what calls asked and which records came of it.")
    permit (principal, ${actions('read-bodies')}, resource)
    when { ${is('senior-technician', 'manager', 'auditor')} };`,
  'end-what-is-kept': `
    @says("Managers and administrators may destroy the key of a customer who has left.")
    permit (principal, ${actions('destroy-keys')}, resource)
    when { ${is('manager', 'administrator')} };`,
  'run-bulkhead': `
    @says("Administrators manage connectors, accept changed tools and let AI calls run again.")
    permit (principal in Bulkhead::Role::"administrator", ${actions('manage-connectors', 'review-tools', 'resume-ai')}, resource);`,
  'lead-the-desk': `
    @says("Managers accept changed tools and let AI calls run again.")
    permit (principal in Bulkhead::Role::"manager", ${actions('review-tools', 'resume-ai')}, resource);`,
};

export const demoPolicies: Readonly<Record<string, string>> = { ...calls, ...people };

/** For an MSP that says nothing of who manages Bulkhead: everyone does, as at a desk of one. */
export const everyoneManages: Readonly<Record<string, string>> = {
  'everyone-manages': `
    @says("This company has no roles for it, so everyone manages Bulkhead.")
    permit (
      principal,
      ${actions(...Right.options)},
      resource
    );`,
};
