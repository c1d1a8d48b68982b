/**
 * Every denial as a sentence a technician can act on: `lead` says why, `rest` what else to know or do, `short` fits one line.
 * Where the vendor was never reached, the window adds "Nothing was sent to …" by itself.
 */
import type { DenialCause, DenialCode } from '../src-shared/model/denial.ts';

interface DenialWords {
  readonly lead: string;
  readonly rest: string;
  readonly short: string;
}

export const denials = {
  UNAUTHENTICATED: {
    lead: 'The caller is not known here.',
    rest: 'Its token is missing, wrong or revoked. Add the client app under AI tools and use the token it shows.',
    short: 'by an unknown caller',
  },
  TENANT_UNRESOLVED: {
    lead: 'No signed-in technician stands behind this call.',
    rest: 'Sign in again, or renew the enrolment of this device.',
    short: 'without a signed-in technician',
  },
  NO_CUSTOMER: {
    lead: 'No customer was bound, so every tool was blocked.',
    rest: 'Choose a customer, then start a new conversation in {{client}}.',
    short: 'while no customer was bound',
  },
  CUSTOMER_MISMATCH: {
    lead: 'The conversation is about another customer.',
    rest: '{{client}} asked for {{asked}} while this app is bound to {{customer}}.',
    short: 'asked for {{asked}}, bound to {{customer}}',
  },
  CUSTOMER_CONTEXT_CHANGED: {
    lead: 'The customer was switched while this call was running.',
    rest: 'Its answer was thrown away. Start a new conversation in {{client}} for the customer bound now.',
    short: 'because the customer was switched meanwhile',
  },
  CLIENT_SUSPENDED: {
    lead: '{{client}} may not call for this customer now.',
    rest: 'It is not armed, or all AI work was stopped. Start a new conversation in it before you arm it under AI tools.',
    short: 'because {{client}} was not armed, or all AI was stopped',
  },
  NOT_ENTITLED: {
    lead: 'This connector is not part of the subscription.',
    rest: 'Ask the Bulkhead administrator to add it.',
    short: 'not part of the subscription',
  },
  CONNECTOR_UNAVAILABLE: {
    lead: 'The connector is not ready for this customer.',
    rest: 'It is not set up, not mapped, or not healthy. Open Connectors to see which.',
    short: 'the connector is not ready here',
  },
  UNKNOWN_TOOL: {
    lead: 'There is no tool of this name.',
    rest: '{{client}} may hold an old list. Start a new conversation in it.',
    short: 'is not a tool here',
  },
  TOOL_CHANGED: {
    lead: 'The definition of this tool changed since it was reviewed.',
    rest: 'It stays blocked until someone reviews it.',
    short: 'changed since it was reviewed',
  },
  INVALID_ARGUMENTS: {
    lead: 'The arguments do not fit the tool.',
    rest: '{{client}} can correct them and call again.',
    short: 'with arguments that do not fit',
  },
  POLICY_DENIED: {
    lead: 'The policy does not allow this for you.',
    rest: 'Ask a manager if it should be allowed.',
    short: 'denied by policy',
  },
  APPROVAL_DENIED: {
    lead: 'A person looked at this call and denied it.',
    rest: 'The same call stays denied for 15 minutes. What {{client}} should do instead is yours to tell it.',
    short: 'denied by a person',
  },
  APPROVAL_EXPIRED: {
    lead: 'This call had no approval that still counts.',
    rest: 'Nobody approved it in time, or it was approved and not made in time. When someone can decide, let {{client}} call again.',
    short: 'no approval that still counts',
  },
  APPROVAL_PENDING: {
    lead: 'A person was asked about this call.',
    rest: 'It did not run. It can once someone has approved exactly these arguments, under Approvals, and {{client}} calls again.',
    short: 'asked a person',
  },
  QUOTA_EXCEEDED: {
    lead: 'The included calls of this period are used up.',
    rest: 'Wait for the next period, or ask the Bulkhead administrator to allow more.',
    short: 'included calls are used up',
  },
  CREDENTIAL_UNAVAILABLE: {
    lead: 'The credential for {{connector}} is missing, locked or no longer accepted.',
    rest: 'Open Connectors and set it. Nothing was read or changed.',
    short: 'no usable credential',
  },
  VENDOR_ERROR: {
    lead: '{{connector}} did not answer as it should.',
    rest: 'Try again in a while. If it stays, test the connector under Connectors.',
    short: '{{connector}} did not answer as it should',
  },
  OWNERSHIP_UNPROVEN: {
    lead: 'No such record is provably of {{customer}}.',
    rest: 'Nothing was returned or changed. A record of another customer looks exactly like a missing one.',
    short: 'no such record of this customer',
  },
  TIMED_OUT: {
    lead: '{{connector}} took too long.',
    rest: 'If this was a write, look in {{connector}} before you repeat it.',
    short: '{{connector}} took too long',
  },
  AUDIT_UNAVAILABLE: {
    lead: 'The call could not be recorded, so it was not answered.',
    rest: 'Open Ledger to see what is wrong.',
    short: 'could not be recorded',
  },
} as const satisfies Record<DenialCode, DenialWords>;

/** Where the ledger says which of the causes of its code a denial had. */
export const denialCauseWords = {
  'not-armed': {
    lead: '{{client}} was not armed for this customer.',
    rest: 'Start a new conversation in it before you arm it under AI tools.',
    short: 'because {{client}} was not armed',
  },
  'ai-stopped': {
    lead: 'All AI work was stopped.',
    rest: '{{client}} can call again once somebody lets AI work go on.',
    short: 'because all AI work was stopped',
  },
  'scope-over': {
    lead: 'The time of the work across customers was over.',
    rest: 'Start a new conversation in {{client}} before you arm it under AI tools.',
    short: 'because the time of its work across customers was over',
  },
  'worker-ended': {
    lead: 'Bulkhead’s own isolated process for {{connector}} ended before there was an answer.',
    rest: 'Nothing was returned. Bulkhead starts a new one for the next call. If it ends again, restart Bulkhead.',
    short: 'Bulkhead’s own process for {{connector}} ended',
  },
  'worker-not-started': {
    lead: 'Bulkhead’s own isolated process for {{connector}} could not be started.',
    rest: 'Nothing was sent to {{connector}}. Try again. If it stays, look at Connectors, and restart Bulkhead.',
    short: 'Bulkhead’s own process for {{connector}} did not start',
  },
} as const satisfies Record<DenialCause, DenialWords>;

/** The same, where the call was to change something. */
export const endedAtChange = {
  lead: denialCauseWords['worker-ended'].lead,
  rest: 'Whether the change was made is not known: look in {{connector}} before you repeat it. If it ends again, restart Bulkhead.',
  short: denialCauseWords['worker-ended'].short,
} as const satisfies DenialWords;

/** APPROVAL_PENDING where nobody was asked. */
export const unasked = {
  lead: 'Nobody was asked about this call.',
  rest: 'So many calls of {{client}} wait for a person that no more are put to anyone. Decide those under Approvals.',
  short: 'nobody was asked, too many calls wait already',
} as const satisfies DenialWords;
