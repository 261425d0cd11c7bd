import { OPERATOR_KINDS } from './operators/index.ts'
import { TEMPLATE_KINDS } from './pod-templates.ts'

/** The kinds that are not built in and are known to create Pods, whether the input has objects of them or not. */
export const KNOWN_CUSTOM_KINDS: readonly string[] = [
  ...OPERATOR_KINDS.map(({ kind }) => kind),
  ...TEMPLATE_KINDS.flatMap(({ kind }) => (typeof kind === 'string' ? kind : [])),
]
