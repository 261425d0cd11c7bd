import type { AppliedObject, LabelChange, ObjectName, Replacement, WhatIf } from '../report/facts/what-if.ts'
import { printable } from '../source/printable.ts'
import { counted, firstFew, joined, objectText } from './lists.ts'

/** `what if NetworkPolicy shop/deny-all were deleted`. */
export const whatIfText = (whatIf: WhatIf): string => printable(`what if ${editText(whatIf)}`)

function editText(whatIf: WhatIf): string {
  switch (whatIf.edit) {
    case 'apply': {
      const { files, objects } = whatIf
      const became = objects.map(one => `${objectText(one.object)} (${becameText(one)})`)
      return `${firstFew(files)} were applied: ${firstFew(became) || 'there is no object in it'}`
    }
    case 'delete': {
      const { object, dependents, replacement } = whatIf
      return `${objectText(object)}${dependentsText(object, dependents)} were deleted${replacementText(replacement)}`
    }
    case 'label': {
      const { object, ofPods, changes, effect, releasedBy, replacement } = whatIf
      const whose = `${ofPods ? 'the Pods of ' : ''}${objectText(object)}`
      const end =
        releasedBy === undefined
          ? EFFECTS[effect]
          : `; ${objectText(releasedBy)} lets go of it${replacementText(replacement)}`
      return `${whose} were labelled ${changes.map(changeText).join(', ')}${end}`
    }
  }
}

function becameText({ became, immutable, withPods }: AppliedObject): string {
  switch (became) {
    case 'new':
    case 'unchanged':
      return became
    case 'replaced':
      return `replaced${withPods ? '; its Pods are made anew' : ''}`
    case 'recreated':
      return `deleted and made anew${withPods ? ' with its Pods' : ''}: a cluster would refuse to change its ${joined(immutable)} in place`
  }
}

function dependentsText({ kind }: ObjectName, dependents: number): string {
  if (dependents === 0) return ''
  if (kind === 'Namespace') return ` and the ${countedIfMany(dependents, 'object')} in it`
  if (kind === 'Node') return ` and the ${countedIfMany(dependents, 'Pod')} on it`
  return ` and its ${countedIfMany(dependents, 'Pod')}`
}

/** `Pod`, `3 Pods`. */
const countedIfMany = (count: number, noun: string): string => (count === 1 ? noun : counted(count, noun))

function replacementText(replacement: Replacement | undefined): string {
  if (replacement === undefined) return ''
  const { by, left } = replacement
  if (left === undefined) return `; ${objectText(by)} makes its Pods anew`
  const rest = left === 0 ? 'no Pod is' : left === 1 ? '1 Pod is' : `${left} Pods are`
  return `; ${objectText(by)} makes another like it, which is left out: ${rest} left`
}

/** `access=true (was no)`. */
function changeText({ key, value, before }: LabelChange): string {
  const change = value === null ? `${key}-` : `${key}=${value}`
  if (before === value) return `${change} (${value === null ? 'not there' : 'as it is'})`
  return `${change} (${before === null ? 'new' : `was ${before === '' ? '""' : before}`})`
}

const EFFECTS = {
  changed: '',
  irrelevant: '; no answer depends on that',
  none: '; that changes nothing',
} as const
