import { hasBit, memberships } from '../../sets/bits.ts'
import type { ConnectionsId, ConnectionTable } from '../../sets/identifiers.ts'
import { addConnections, emptyVector, type SetVector, wordsFor } from '../../sets/vector.ts'
import type { RuleMatches } from '../decide.ts'
import { isSure, type Matches, someOf } from '../matches.ts'

/** Ends under a key: the same key stands for the same ends. */
export interface Keyed extends Matches {
  readonly key: string
}

/** What is open between the subjects of a policy and the others that one of its rules lets through. */
export interface Grant {
  readonly subject: Keyed
  readonly other: Keyed
  readonly opens: ConnectionsId
}

/** Which end of the connections is the one that is asked about; grants are then painted on all ends at the other side. */
export type Role = 'subject' | 'other'

export type RuleAccumulator = (index: number) => Omit<RuleMatches<SetVector>, 'action'>

/** The grants that have the same ends on the asked side, and so are in force for the same ones. */
interface Group {
  readonly asked: Matches
  readonly opens: readonly { readonly id: ConnectionsId; readonly to: Matches }[]
}

/** Paints what some grants open for one end after the other. */
export function ruleAccumulator(
  grants: readonly Grant[],
  role: Role,
  size: number,
  { union }: ConnectionTable,
): RuleAccumulator {
  const groups = groupsOf(grants, role)
  const groupsWith = memberships(
    groups.map(({ asked }) => asked.maybe),
    size,
  )
  const words = wordsFor(size)
  return index => {
    const mine = groupsWith(index).flatMap(place => groups[place] ?? [])
    const certain = emptyVector(words)
    let isKnown = true
    for (const { asked, opens } of mine) {
      const isCertain = isSure(asked) || hasBit(asked.yes, index)
      isKnown &&= isCertain && opens.every(({ to }) => isSure(to))
      if (isCertain) for (const { id, to } of opens) addConnections(certain, union, id, to.yes)
    }
    if (isKnown) return { certain, possible: certain }
    const possible = emptyVector(words)
    for (const { opens } of mine)
      for (const { id, to } of opens) addConnections(possible, union, id, to.maybe)
    return { certain, possible }
  }
}

function groupsOf(grants: readonly Grant[], role: Role): readonly Group[] {
  const groups = new Map<string, { readonly asked: Matches; readonly to: Map<ConnectionsId, Matches[]> }>()
  for (const grant of grants) {
    const [asked, painted] = role === 'subject' ? [grant.subject, grant.other] : [grant.other, grant.subject]
    const group = groups.get(asked.key) ?? { asked, to: new Map<ConnectionsId, Matches[]>() }
    groups.set(asked.key, group)
    const same = group.to.get(grant.opens)
    if (same === undefined) group.to.set(grant.opens, [painted])
    else same.push(painted)
  }
  return [...groups.values()].map(({ asked, to }) => ({
    asked,
    opens: [...to].map(([id, all]) => ({ id, to: someOf(all) })),
  }))
}
