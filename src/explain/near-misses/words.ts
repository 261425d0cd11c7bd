import type { NearMissReport } from '../../report/report.ts'
import { position } from '../../source/position.ts'
import { placeText, ruleName, sourceOf } from '../phrases.ts'
import type { NearMiss } from './near-miss.ts'
import { isTelling, nearMissId } from './near-miss.ts'

/** A near miss as a report has it. */
export function nearMissReport(nearMiss: NearMiss): NearMissReport {
  const { policy, rule, differences } = nearMiss
  const [{ reason, at }] = differences
  const { kind, namespace, name } = policy
  const fixes = differences.map(({ fix }) => fix?.text)
  const { line, column, length } = position(at)
  return {
    id: nearMissId(nearMiss),
    reason,
    message: differencesText({ differences }),
    ...(isTelling(nearMiss) && !fixes.includes(undefined) && { mend: [...new Set(fixes)].join('; and ') }),
    policy: { kind, namespace, name, source: sourceOf(policy.at) },
    ...(rule !== undefined && { rule: rule.index }),
    source: { file: at.file.path, line, column, length },
  }
}

export const differencesText = ({ differences }: Pick<NearMiss, 'differences'>): string =>
  differences.map(({ message }) => message).join('; and ')

/** `ingress[0] of api (policies.yaml:12)`, or the policy alone. */
export const nearName = ({ policy, rule }: NearMiss): string =>
  rule === undefined ? `${policy.name} (${placeText(policy.at)})` : ruleName(policy, rule)
