// What the made-up company's rules mean, in plain TypeScript: no Cedar, nothing of the gateway's. Where the two disagree one is wrong.
import type { CustomerName, Moment, RoleName } from './company.ts';

export interface Question {
  readonly role: RoleName;
  readonly risk: 'read' | 'sensitive' | 'credential' | 'write' | 'external' | 'spend' | 'destructive';
  readonly customer: CustomerName;
  readonly moment: Moment;
  readonly client: string;
  readonly tool: string;
  readonly isCross: boolean;
}

export type Expected = 'runs' | 'asks' | 'asks-two' | 'denied';

export function expected(question: Question): Expected {
  const persons = personsByRole(question);
  if (persons === undefined || isForbidden(question)) return 'denied';
  let needed = persons;
  if (question.customer === 'zenith' && question.risk === 'write') needed = Math.max(needed, 1);
  // Bulkhead's own rule, whatever the company's say.
  if (['credential', 'external', 'spend', 'destructive'].includes(question.risk)) needed = Math.max(needed, 1);
  return needed === 0 ? 'runs' : needed === 1 ? 'asks' : 'asks-two';
}

/** How many persons the role's own permission asks for; undefined when it has none. */
function personsByRole({ role, risk, customer, tool }: Question): number | undefined {
  const isAssigned = customer !== 'far';
  switch (role) {
    case 'manager':
      return 0;
    case 'auditor':
      return undefined;
    case 'dispatcher':
      if (risk === 'read') return 0;
      return risk === 'write' && tool === 'appointment_create' ? 0 : undefined;
    case 'service-account':
      return isAssigned && risk === 'read' ? 0 : undefined;
    case 'technician':
      if (!isAssigned) return undefined;
      return { read: 0, sensitive: 0, credential: 0, external: 0, write: 1, spend: undefined, destructive: undefined }[
        risk
      ];
    case 'senior-technician':
      if (!isAssigned) return undefined;
      return { read: 0, sensitive: 0, credential: 0, external: 0, write: 0, spend: 2, destructive: undefined }[risk];
  }
}

function isForbidden({ risk, customer, moment, client, isCross }: Question): boolean {
  const isOfficeHour = moment === 'Friday 10:00' || moment === 'Friday 17:59';
  return (
    (customer === 'zenith' && risk === 'destructive') ||
    (risk === 'external' && !isOfficeHour) ||
    (client === 'kiosk' && risk !== 'read') ||
    (isCross && risk !== 'read' && risk !== 'sensitive')
  );
}
