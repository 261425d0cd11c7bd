import type { NearMiss } from '../../report/report.ts'
import { position } from '../../source/position.ts'
import { placeText, ruleName, sourceOf } from '../phrases.ts'
import type { Near } from './near-miss.ts'
import { isTelling } from './near-miss.ts'

/** A near miss as a report has it. */
export function nearMissReport(near: Near): NearMiss {
  const { policy, rule, differences } = near
  const [{ reason, at }] = differences
  const { kind, namespace, name } = policy
  const mends = differences.map(({ mend }) => mend?.text)
  const { line, column, length } = position(at)
  return {
    reason,
    message: differencesText({ differences }),
    ...(isTelling(near) && !mends.includes(undefined) && { mend: [...new Set(mends)].join('; and ') }),
    policy: { kind, namespace, name, source: sourceOf(policy.at) },
    ...(rule !== undefined && { rule: rule.index }),
    source: { file: at.file.path, line, column, length },
  }
}

export const differencesText = ({ differences }: Pick<Near, 'differences'>): string =>
  differences.map(({ message }) => message).join('; and ')

/** `ingress[0] of api (policies.yaml:12)`, or the policy alone. */
export const nearName = ({ policy, rule }: Near): string =>
  rule === undefined ? `${policy.name} (${placeText(policy.at)})` : ruleName(policy, rule)
