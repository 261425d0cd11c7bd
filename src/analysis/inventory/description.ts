import type { Description } from '../../report/inventory.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { cannotAnswer } from '../cannot-answer.ts'
import type { World } from '../world.ts'
import {
  describeIngress,
  describeNamespace,
  describeNetworkPolicy,
  describePod,
  describeService,
} from './describing.ts'
import { kindOf } from './kinds.ts'

/** One object in words, by its kind and name. Throws CannotAnswer for what is not there. */
export function describe(
  world: World,
  { kind, name: typed, namespace: typedNamespace = 'default' }: DescriptionQuestion,
): Description {
  const of = kindOf(kind)
  const [namespace, name] = splitName(typed, typedNamespace)
  const { cluster, networkPolicies } = world
  const find = <T extends { readonly name: string; readonly namespace: string }>(objects: readonly T[]): T =>
    objects.find(object => object.name === name && object.namespace === namespace) ??
    notFound(`${of} "${name}" not found in namespace ${namespace}`, `${namespace}/${name}`, objects.map(idOf))
  switch (of) {
    case 'pods':
      return describePod(world, find(cluster.pods))
    case 'services':
      return describeService(world, find(cluster.services))
    case 'networkpolicies':
      return describeNetworkPolicy(world, find(networkPolicies))
    case 'ingresses':
      return describeIngress(world, find(cluster.ingresses))
    case 'namespaces':
      return cluster.namespaces.has(typed)
        ? describeNamespace(world, typed)
        : notFound(`${of} "${typed}" not found`, typed, [...cluster.namespaces.keys()])
  }
}

/** A question of `describe` as it was typed; `name` may have its namespace before it. */
export interface DescriptionQuestion {
  readonly kind: string
  readonly name: string
  readonly namespace: string | undefined
}

function splitName(typed: string, namespace: string): readonly [namespace: string, name: string] {
  const slash = typed.indexOf('/')
  return slash < 0 ? [namespace, typed] : [typed.slice(0, slash), typed.slice(slash + 1)]
}

const idOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`

function notFound(message: string, wanted: string, ids: readonly string[]): never {
  const near = ids.find(id => id.endsWith(`/${wanted.split('/').at(-1)}`)) ?? nearest(wanted, ids)
  return cannotAnswer('NAME_NOT_FOUND', message, near === undefined ? undefined : `did you mean \`${near}\`?`)
}
