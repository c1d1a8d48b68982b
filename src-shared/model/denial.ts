import { z } from 'zod';

/** The eight gates in their order. The order is the security model; `test/pins/gates.test.ts` freezes it. */
export const gateNames = [
  'principal',
  'tenant',
  'customer',
  'entitlement',
  'policy',
  'quota',
  'execution',
  'audit',
] as const;
export const GateName = z.enum(gateNames);
export type GateName = z.infer<typeof GateName>;

/** Every reason to deny, and the gate that gives it. */
export const denialGates = {
  UNAUTHENTICATED: 'principal',
  TENANT_UNRESOLVED: 'tenant',
  NO_CUSTOMER: 'customer',
  CUSTOMER_MISMATCH: 'customer',
  CUSTOMER_CONTEXT_CHANGED: 'customer',
  CLIENT_SUSPENDED: 'customer',
  NOT_ENTITLED: 'entitlement',
  CONNECTOR_UNAVAILABLE: 'entitlement',
  UNKNOWN_TOOL: 'entitlement',
  TOOL_CHANGED: 'entitlement',
  INVALID_ARGUMENTS: 'entitlement',
  POLICY_DENIED: 'policy',
  APPROVAL_DENIED: 'policy',
  APPROVAL_EXPIRED: 'policy',
  APPROVAL_PENDING: 'policy',
  QUOTA_EXCEEDED: 'quota',
  CREDENTIAL_UNAVAILABLE: 'execution',
  VENDOR_ERROR: 'execution',
  OWNERSHIP_UNPROVEN: 'execution',
  TIMED_OUT: 'execution',
  AUDIT_UNAVAILABLE: 'audit',
} as const satisfies Record<string, GateName>;

export type DenialCode = keyof typeof denialGates;
export const DenialCode = z.enum(Object.keys(denialGates) as [DenialCode, ...DenialCode[]]);

/**
 * What a code alone does not tell: which of its causes it was, where people do one thing about the one and another about the
 * other. An entry names it (docs/audit-format.md); who called reads it in the words.
 */
export const denialCauses = {
  'not-armed': 'CLIENT_SUSPENDED',
  'ai-stopped': 'CLIENT_SUSPENDED',
  'scope-over': 'CLIENT_SUSPENDED',
  'worker-ended': 'VENDOR_ERROR',
  'worker-not-started': 'VENDOR_ERROR',
} as const satisfies Record<string, DenialCode>;

export type DenialCause = keyof typeof denialCauses;

/**
 * An expected "no". `reason` and `remedy` are for whoever called, who may be a model under someone else's control:
 * they never hold a secret, another customer's name or a vendor's words.
 */
export interface Denial {
  readonly code: DenialCode;
  readonly gate: GateName;
  readonly reason: string;
  readonly remedy: string;
  readonly cause?: DenialCause;
  /** The approval a call waits for, or was denied by. A reference to ask after; it grants nothing. */
  readonly approval?: string;
}

/** The denial for a code, with its fixed words unless the gate knows better ones. */
export function deny(code: DenialCode, words: Partial<Omit<Denial, 'code' | 'gate'>> = {}): Denial {
  return { code, gate: denialGates[code], ...denialWords[code], ...words };
}

const denialWords: Record<DenialCode, Pick<Denial, 'reason' | 'remedy'>> = {
  UNAUTHENTICATED: {
    reason: 'This client app is not known here.',
    remedy: 'Add the client app in Bulkhead and use the token it shows.',
  },
  TENANT_UNRESOLVED: {
    reason: 'No signed-in technician stands behind this call.',
    remedy: 'Sign in to Bulkhead again, or renew the device enrolment.',
  },
  NO_CUSTOMER: {
    reason: 'No customer is selected, so every tool is blocked.',
    remedy: 'Ask the technician to select a customer in Bulkhead.',
  },
  CUSTOMER_MISMATCH: {
    reason: 'The conversation is about another customer than the one bound in Bulkhead.',
    remedy: 'Call bulkhead_context for the bound customer, or ask the technician to switch.',
  },
  CUSTOMER_CONTEXT_CHANGED: {
    reason: 'The technician switched customers while this call was running. Nothing was returned.',
    remedy: 'Stop, and start a new conversation for the customer bound now.',
  },
  CLIENT_SUSPENDED: {
    reason: 'The technician has not allowed this client app for the customer bound now.',
    remedy: 'Start a new conversation, and ask the technician to arm this client app in Bulkhead.',
  },
  NOT_ENTITLED: {
    reason: "This connector is not part of the company's Bulkhead subscription.",
    remedy: 'Ask the Bulkhead administrator to add the connector.',
  },
  CONNECTOR_UNAVAILABLE: {
    reason: 'The connector is not set up, not mapped to this customer, or not healthy.',
    remedy: 'Open Connectors in Bulkhead to see what is wrong.',
  },
  UNKNOWN_TOOL: {
    reason: 'There is no tool of this name here.',
    remedy: 'List the tools again, and use one of them.',
  },
  TOOL_CHANGED: {
    reason: 'The definition of this tool changed since it was reviewed.',
    remedy: 'Ask the technician to review the tool in Bulkhead.',
  },
  INVALID_ARGUMENTS: {
    reason: "The arguments do not fit the tool's input schema.",
    remedy: 'Correct the arguments and call again.',
  },
  POLICY_DENIED: {
    reason: "The company's policy does not allow this for this technician.",
    remedy: 'Ask a manager if this should be allowed.',
  },
  APPROVAL_DENIED: {
    reason: 'A person looked at this call and denied it.',
    remedy: 'Do not repeat it. Ask the technician what to do instead.',
  },
  APPROVAL_EXPIRED: {
    reason: 'Nobody approved this call in time.',
    remedy: 'Ask the technician, then call again.',
  },
  APPROVAL_PENDING: {
    reason: 'This call waits for a person.',
    remedy: 'Ask the technician to decide in Bulkhead, then call again.',
  },
  QUOTA_EXCEEDED: {
    reason: 'The included calls of this billing period are used up.',
    remedy: 'Wait for the next period, or ask the Bulkhead administrator to allow more.',
  },
  CREDENTIAL_UNAVAILABLE: {
    reason: "The vendor's credential is missing, locked or no longer accepted.",
    remedy: 'Open Connectors in Bulkhead and set or unlock the credential.',
  },
  VENDOR_ERROR: {
    reason: 'The vendor did not answer as it should.',
    remedy: 'Try again in a while. If it stays, open Connectors in Bulkhead.',
  },
  OWNERSHIP_UNPROVEN: {
    reason: "No such record is provably this customer's. Nothing was changed.",
    remedy: 'Check the id with a list or search tool first.',
  },
  TIMED_OUT: {
    reason: 'The vendor took too long. A write may or may not have happened.',
    remedy: 'Look before you repeat a write; a read can be repeated.',
  },
  AUDIT_UNAVAILABLE: {
    reason: 'The call could not be recorded, so it was not answered.',
    remedy: 'Ask the technician to look at the ledger in Bulkhead.',
  },
};
