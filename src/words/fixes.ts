import type { FieldValue, FixFacts, LabeledRef } from '../report/facts/fixes.ts'
import { listed } from './lists.ts'
import { portText } from './ports.ts'
import { PREPOSITIONS, selectorText } from './rules.ts'

/** What to do about a difference: `write port: 80`. */
export function fixText(fix: FixFacts): string {
  switch (fix.kind) {
    case 'write':
      return `write ${fix.fields.map(fieldText).join(' and ')}`
    case 'replace':
      return `write ${fix.by} in the place of ${fix.value}`
    case 'leave-out':
      return `leave out ${fix.value}`
    case 'label':
      return `label ${labeledName(fix.object)} ${fix.value === null ? `${fix.key}-` : `${fix.key}=${fix.value}`}`
    case 'add-peer':
      return `add an entry for ${fix.for}`
    case 'add-namespace-selector': {
      const labels = Object.entries(fix.labels).map(([key, value]) => `${key}: ${value}`)
      return `add to this entry, without a dash: namespaceSelector: {matchLabels: {${labels.join(', ')}}}`
    }
    case 'move-labels': {
      const other = fix.namespace === undefined ? '' : `, beside a namespaceSelector for ${fix.namespace}`
      return `move ${selectorText(fix.labels)} to ${fix.to}${other}`
    }
    case 'split-selectors':
      return 'give podSelector a dash of its own, if either is meant'
    case 'join-selectors':
      return 'write both selectors as one entry, with one dash, if both are meant'
    case 'join-rules':
      return `write \`${PREPOSITIONS[fix.direction]}\` and \`ports\` as one rule, with one dash, if both are meant`
    case 'add-port':
      return `add port ${portText(fix.port)}`
    case 'add-protocol':
      return `add a port with protocol: ${fix.protocol}`
    case 'add-policy-type':
      return `add ${fix.type} to policyTypes`
  }
}

/** All of them, each once; new entries of one list together. */
export function fixesText(fixes: readonly FixFacts[]): string {
  const added = [...new Set(fixes.flatMap(fix => (fix.kind === 'add-peer' ? [fix.for] : [])))]
  const others = fixes.filter(({ kind }) => kind !== 'add-peer').map(fixText)
  const entries = `add ${added.length === 1 ? 'an entry' : 'entries'} for ${listed(added)}`
  return [...new Set([...others, ...(added.length === 0 ? [] : [entries])])].join('; and ')
}

const fieldText = ({ field, value }: FieldValue): string =>
  `${field}: ${typeof value === 'object' ? `[${value.join(', ')}]` : value}`

/** `app/web`, `namespace shop`. */
export const labeledName = ({ kind, id }: LabeledRef): string =>
  kind === 'Namespace' ? `namespace ${id}` : id
