import { CLOUDNATIVE_PG } from './cloudnative-pg.ts'
import { ELASTIC } from './elastic.ts'
import { KUBEVIRT } from './kubevirt.ts'
import type { OperatorKind } from './operator.ts'
import { OTHER_OPERATORS } from './others.ts'
import { PROMETHEUS_OPERATOR } from './prometheus-operator.ts'
import { STRIMZI } from './strimzi.ts'

/*
 * What the Pods of well-known operators are like: one entry for each kind, with the place in the operator's source that it is
 * read from. What depends on the operator's version or settings is left out, or unknowable.
 */

export const OPERATOR_KINDS: readonly OperatorKind[] = [
  ...PROMETHEUS_OPERATOR,
  ...CLOUDNATIVE_PG,
  ...STRIMZI,
  ...ELASTIC,
  ...KUBEVIRT,
  ...OTHER_OPERATORS,
]
