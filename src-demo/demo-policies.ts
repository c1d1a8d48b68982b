// The demo MSP's policy, in Cedar: what its technicians and managers may let an AI do. Risk classes are the actions.
// Nothing here permits credential, external, spend or destructive: those need a person, and no one can approve yet.

export const demoPolicies: Readonly<Record<string, string>> = {
  'technicians-read': `
    permit (principal in Bulkhead::Role::"technician", action in [Bulkhead::Action::"read", Bulkhead::Action::"sensitive"], resource)
    when { principal.tenant == resource.tenant };`,
  'technicians-write': `
    permit (principal in Bulkhead::Role::"technician", action == Bulkhead::Action::"write", resource)
    when { principal.tenant == resource.tenant };`,
  'managers-read': `
    permit (principal in Bulkhead::Role::"manager", action in [Bulkhead::Action::"read", Bulkhead::Action::"sensitive"], resource)
    when { principal.tenant == resource.tenant };`,
  'own-company-only': `
    forbid (principal, action, resource)
    unless { principal.tenant == resource.tenant };`,
};
