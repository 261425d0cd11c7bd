import { labelQuery } from '../../naming/label-query.ts'
import { endpointsBehind, resolve } from '../../naming/resolve.ts'
import { type Endpoint, isPodAmong } from '../../network/endpoint.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import type { World } from '../../world/world.ts'
import type { RestrictedMatrix } from './rows-and-columns.ts'

/** How a matrix is narrowed; undefined where it is not. */
interface Narrowing {
  readonly from: string | undefined
  readonly to: string | undefined
  /** The last is that of names that are given without one. */
  readonly namespaces: readonly string[]
  readonly selector: string | undefined
  /** What the program is called in what an error tells to type. */
  readonly program?: string | undefined
}

/**
 * Which pairs are asked for. `-n` and `-l` select Pods, of which each pair has at least one, so that nothing is hidden that
 * comes from elsewhere; `--from` and `--to` name the sources and the destinations. Throws CannotAnswer for a name that is not
 * there.
 */
export function restrictedMatrix(
  world: World,
  { from, to, namespaces, selector, program = 'netpol' }: Narrowing,
): Pick<RestrictedMatrix, 'isSource' | 'isDestination' | 'isSelected'> {
  const missing = namespaces.find(namespace => !world.cluster.namespaces.has(namespace))
  if (missing !== undefined)
    cannotAnswer(
      'NAME_NOT_FOUND',
      `there is no namespace \`${missing}\` in the input`,
      `the namespaces are: ${[...world.cluster.namespaces.keys()].sort().join(', ')}`,
    )
  const hasLabels = labelQuery(selector)
  const isSelected = (endpoint: Endpoint): boolean =>
    endpoint.kind === 'pod' &&
    (namespaces.length === 0 || namespaces.includes(endpoint.pod.namespace)) &&
    hasLabels(endpoint.pod.labels)
  const among = (named: string | undefined): ((endpoint: Endpoint) => boolean) =>
    named === undefined ? () => true : isNamed(world, named, namespaces.at(-1) ?? 'default', program)
  return {
    isSource: among(from),
    isDestination: among(to),
    isSelected: namespaces.length === 0 && selector === undefined ? undefined : isSelected,
  }
}

function isNamed(
  world: World,
  named: string,
  namespace: string,
  program: string,
): (endpoint: Endpoint) => boolean {
  if (named === 'internet') return endpoint => endpoint.kind === 'external'
  const target = resolve(world, named, namespace)
  const isInMatrix =
    target.kind !== 'api-server' &&
    (target.kind !== 'endpoints' || target.endpoints.every(endpoint => endpoint.kind === 'pod'))
  if (!isInMatrix)
    cannotAnswer(
      'NOT_IN_MATRIX',
      `\`${named}\` has no row of its own in the matrix`,
      `ask for it with \`${program} can-reach\``,
    )
  return isPodAmong(endpointsBehind(world, target))
}
