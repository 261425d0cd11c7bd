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
  readonly namespace: string | undefined
  readonly selector: string | undefined
  /** What the program is called in what an error tells to type. */
  readonly program?: string | undefined
}

/**
 * The selected sources and destinations. `-n` and `-l` select Pods, and leave the addresses outside; `--from` and `--to`
 * select exactly what they name. Throws CannotAnswer for a name that is not there.
 */
export function restrictedMatrix(
  world: World,
  { from, to, namespace, selector, program = 'netpol' }: Narrowing,
): Pick<RestrictedMatrix, 'isSource' | 'isDestination'> {
  if (namespace !== undefined && !world.cluster.namespaces.has(namespace))
    cannotAnswer(
      'NAME_NOT_FOUND',
      `there is no namespace \`${namespace}\` in the input`,
      `the namespaces are: ${[...world.cluster.namespaces.keys()].sort().join(', ')}`,
    )
  const hasLabels = labelQuery(selector)
  const isInScope = (endpoint: Endpoint): boolean =>
    endpoint.kind !== 'pod' ||
    ((namespace === undefined || endpoint.pod.namespace === namespace) && hasLabels(endpoint.pod.labels))
  const selected = (named: string | undefined): ((endpoint: Endpoint) => boolean) =>
    named === undefined ? isInScope : isNamed(world, named, namespace ?? 'default', program)
  return { isSource: selected(from), isDestination: selected(to) }
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
