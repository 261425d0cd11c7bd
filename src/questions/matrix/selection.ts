import { partiesBehind } from '../../naming/endpoints-behind.ts'
import { labelQuery } from '../../naming/label-query.ts'
import { resolve } from '../../naming/names.ts'
import { isSame, type Party } from '../../network/endpoint.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import type { World } from '../../world/world.ts'
import type { MatrixQuestion } from './rows-and-columns.ts'

/** How `matrix` is narrowed; undefined where it is not. */
export interface Narrowing {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly namespace: string | undefined
  readonly selector: string | undefined
}

/**
 * The parties that are wanted at each end. `-n` and `-l` narrow Pods, and leave the addresses outside; an end that is
 * named by `--from` or `--to` is just that. Throws CannotAnswer for a name that is not there.
 */
export function selectionOf(
  world: World,
  { from, to, namespace, selector }: Narrowing,
): Pick<MatrixQuestion, 'isSource' | 'isDestination'> {
  if (namespace !== undefined && !world.cluster.namespaces.has(namespace))
    cannotAnswer(
      'NAME_NOT_FOUND',
      `there is no namespace \`${namespace}\` in the input`,
      `the namespaces are: ${[...world.cluster.namespaces.keys()].sort().join(', ')}`,
    )
  const hasLabels = selector === undefined ? () => true : labelQuery(selector)
  const isInScope = (party: Party): boolean =>
    party.kind !== 'pod' ||
    ((namespace === undefined || party.pod.namespace === namespace) && hasLabels(party.pod.labels))
  const end = (named: string | undefined): ((party: Party) => boolean) =>
    named === undefined ? isInScope : isNamed(world, named, namespace ?? 'default')
  return { isSource: end(from), isDestination: end(to) }
}

function isNamed(world: World, named: string, namespace: string): (party: Party) => boolean {
  if (named === 'internet') return party => party.kind === 'external'
  const target = resolve(world, named, namespace)
  if (target.kind !== 'parties') {
    const behind = partiesBehind(world, target)
    return party => behind.some(endpoint => isSame(endpoint, party))
  }
  if (target.parties.some(party => party.kind !== 'pod'))
    cannotAnswer(
      'NOT_IN_MATRIX',
      `\`${named}\` has no row of its own in the matrix`,
      'ask for it with `netpol can-reach`',
    )
  const pods = new Set(target.parties.flatMap(party => (party.kind === 'pod' ? [party.pod] : [])))
  return party => party.kind === 'pod' && pods.has(party.pod)
}
