import type { Port } from '../../report/report.ts'
import type { DecidedSide } from '../near-misses/near-misses.ts'
import { idOf, type Side } from '../near-misses/side.ts'
import type { RefusedGroup } from './rule.ts'

/** Refused sides that one rule would open: those of one direction, between the same workloads, on whatever ports. */
export function groupsOf(refused: readonly DecidedSide[]): readonly RefusedGroup[] {
  const groups = new Map<string, [DecidedSide, ...DecidedSide[]]>()
  for (const one of refused) {
    const { side } = one
    const key = JSON.stringify([side.direction, endKey(side, side.subject), endKey(side, side.other)])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()].map(sides => ({ side: sides[0].side, sides, ports: portsOf(sides) }))
}

function endKey(side: Side, party: Side['subject']): string {
  if (party.kind !== 'pod' || party.pod.workload === undefined) return idOf(side, party)
  const { kind, namespace, name } = party.pod.workload
  return `${kind} ${namespace}/${name}`
}

/** Null where one of them is asked for all ports. */
function portsOf(sides: readonly DecidedSide[]): RefusedGroup['ports'] {
  const ports = new Map<string, Port>()
  for (const { side } of sides) {
    if (side.leg.port === null) return null
    ports.set(JSON.stringify(side.leg.port), side.leg.port)
  }
  return [...ports.values()]
}
