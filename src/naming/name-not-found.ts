import { cannotAnswer } from '../source/cannot-answer.ts'
import { didYouMean, nearest } from '../source/did-you-mean.ts'
import type { World } from '../world/world.ts'
import { nodeNotFound } from './node-not-found.ts'

/** One reading of a typed name; without a kind it is a Pod, else a workload, else a Service. */
export interface NameReading {
  readonly kind: string | undefined
  /** Undefined for a Node. */
  readonly namespace: string | undefined
  readonly name: string
}

/** Throws CannotAnswer for a name that does not exist, with the one that was probably meant. */
export function nameNotFound(world: World, typed: string, readings: readonly NameReading[]): never {
  const node = readings.find(({ kind }) => kind === 'Node')
  if (node !== undefined) return nodeNotFound(world, node.name)
  const { pods, workloads, services, namespaces } = world.cluster
  const objects = [...workloads, ...pods.filter(pod => pod.workload === undefined), ...services]
  // A first part that is a kind is read as a namespace only if there is one of that name.
  const isThere = (reading: NameReading): boolean => namespaces.has(reading.namespace ?? '')
  const { kind, namespace, name = typed } = readings.findLast(isThere) ?? readings[0] ?? {}
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  const message = `no ${kind ?? 'Pod, workload or Service'} is called \`${name}\`${where}`
  if (objects.length === 0)
    cannotAnswer('NAME_NOT_FOUND', message, 'no Pods or workloads were found in the input: check `-f`')
  const [inDomain] = (kind === 'Service' && /^[^.]+\.[^.]+(?=\.svc\.)/.exec(name)) || []
  if (inDomain !== undefined)
    cannotAnswer('NAME_NOT_FOUND', message, `leave out the domain of the cluster: \`svc/${inDomain}\``)
  const idOf = (object: { readonly namespace: string; readonly name: string }): string =>
    `${object.namespace}/${object.name}`
  const elsewhere = objects.find(object => object.name === name)
  const meant = elsewhere === undefined ? nearest(`${namespace}/${name}`, objects.map(idOf)) : idOf(elsewhere)
  const known = `the namespaces in the input are: ${[...namespaces.keys()].sort().join(', ')}`
  cannotAnswer('NAME_NOT_FOUND', message, didYouMean(meant, known))
}
