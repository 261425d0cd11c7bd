import type { Policy } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import { groupBy } from '../sets/group-by.ts'

/** The policies of a cluster, by the namespaces in which they could select Pods. */
export interface PolicyIndex {
  readonly all: readonly Policy[]
  /** The policies of a namespace, and those that may select Pods of any namespace (K-010). */
  readonly candidates: (namespace: string, direction: Direction) => readonly Policy[]
}

export interface PolicyEdit {
  readonly removed: readonly Policy[]
  readonly added: readonly Policy[]
}

export function policyIndex(all: readonly Policy[]): PolicyIndex {
  const [own, wide] = [all.filter(selectsOwn), all.filter(policy => !selectsOwn(policy))]
  const ofNamespace = groupBy(own, ({ direction, namespace }) => `${direction} ${namespace}`)
  const ofCluster = groupBy(wide, ({ direction }) => direction)
  return {
    all,
    candidates: (namespace, direction) => {
      const here = ofNamespace.get(`${direction} ${namespace}`) ?? []
      const more = ofCluster.get(direction)
      return more === undefined ? here : [...here, ...more]
    },
  }
}

/** S-001: whether it selects Pods of its own namespace only. */
const selectsOwn = ({ scope }: Policy): boolean => scope.namespaces === 'own'

/** The index after an edit. It is made for each of many edits, so that it does not go through all policies. */
export function editedIndex(index: PolicyIndex, { removed, added }: PolicyEdit): PolicyIndex {
  const gone = new Set(removed)
  const isLeft = (policy: Policy): boolean => !gone.has(policy)
  const [less, more] = [policyIndex(removed), policyIndex(added)]
  return {
    get all() {
      return [...index.all.filter(isLeft), ...added]
    },
    candidates: (namespace, direction) => {
      const before = index.candidates(namespace, direction)
      const left = less.candidates(namespace, direction).length === 0 ? before : before.filter(isLeft)
      const here = more.candidates(namespace, direction)
      return here.length === 0 ? left : [...left, ...here]
    },
  }
}
