import { policyText } from '../cli/policy-text.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';

/** A desk whose company's policy is of this version, and signed. */
export function policyWorld(version = 4): DeskWorld {
  const { enrolment, bundle } = deskWorld().facts.tenancy;
  const { bundle: text, tenantKey } = policyText(version, 'msp');
  return deskWorld({}, { enrolment: { ...enrolment, bundle: text, tenantKey }, bundle: { ...bundle, version } });
}
