import type { NetworkPolicy, Policy, PortMatch } from './policy.ts'
import { behavior, type Profile } from './profile.ts'

/** Policies as a network plugin applies them: without what it does not know of the API (S-028, S-032). */
export function asApplied(
  profile: Profile | undefined,
  policies: readonly NetworkPolicy[],
): readonly NetworkPolicy[] {
  const knowsNames = behavior(profile, 'namedPorts') !== 'no'
  const knowsRanges = behavior(profile, 'endPort') !== 'no'
  if (knowsNames && knowsRanges) return policies
  const applied = (port: PortMatch): PortMatch => {
    switch (port.kind) {
      case 'name':
        return knowsNames ? port : { ...port, ignored: true }
      case 'numbers':
        return knowsRanges || port.withoutEndPort === undefined
          ? port
          : { ...port, open: port.withoutEndPort, written: port.open }
    }
  }
  const appliedPolicy = (policy: Policy): Policy => ({
    ...policy,
    rules: policy.rules.map(rule =>
      rule.ports === 'any' ? rule : { ...rule, ports: rule.ports.map(applied) },
    ),
  })
  return policies.map(policy => ({
    ...policy,
    directions: policy.directions.map(appliedPolicy),
    inert: policy.ineffective.map(appliedPolicy),
  }))
}
