import { z } from 'zod';

/**
 * How much a tool can hurt: `sensitive` reads personal or financial detail, `credential` reveals a secret, `external` leaves
 * the organisation. The company's policy decides; `credential`, `external`, `spend` and `destructive` also need a person (gates/policy.ts).
 */
export const Risk = z.enum(['read', 'sensitive', 'credential', 'write', 'external', 'spend', 'destructive']);
export type Risk = z.infer<typeof Risk>;

const personal: readonly Risk[] = ['credential', 'external', 'spend', 'destructive'];

/** Whether only a person may do it. */
export const needsPerson = (risk: Risk): boolean => personal.includes(risk);

/** Whether it leaves everything as it is. */
export const isRead = (risk: Risk): boolean => risk === 'read' || risk === 'sensitive' || risk === 'credential';
