// The demo MSP's policy, in Cedar: what its technicians and managers may do with an AI. Risk classes are the actions. What
// is permitted here of credential, external, spend and destructive still needs a person to do it: gate 5 sees to that.

export const demoPolicies: Readonly<Record<string, string>> = {
  'technicians-read': `
    permit (principal in Bulkhead::Role::"technician", action in [Bulkhead::Action::"read", Bulkhead::Action::"sensitive"], resource)
    when { principal.tenant == resource.tenant };`,
  'technicians-write': `
    permit (principal in Bulkhead::Role::"technician", action == Bulkhead::Action::"write", resource)
    when { principal.tenant == resource.tenant };`,
  'technicians-in-person': `
    permit (
      principal in Bulkhead::Role::"technician",
      action in [Bulkhead::Action::"credential", Bulkhead::Action::"external", Bulkhead::Action::"spend"],
      resource
    )
    when { principal.tenant == resource.tenant };`,
  'managers-read': `
    permit (principal in Bulkhead::Role::"manager", action in [Bulkhead::Action::"read", Bulkhead::Action::"sensitive"], resource)
    when { principal.tenant == resource.tenant };`,
  'managers-in-person': `
    permit (
      principal in Bulkhead::Role::"manager",
      action in [Bulkhead::Action::"external", Bulkhead::Action::"spend", Bulkhead::Action::"destructive"],
      resource
    )
    when { principal.tenant == resource.tenant };`,
  'own-company-only': `
    forbid (principal, action, resource)
    unless { principal.tenant == resource.tenant };`,
};
