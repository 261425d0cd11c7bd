import type { Description, ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import type { World } from '../../world/world.ts'
import { askedFor } from './asked.ts'
import { tellingWhatIf } from './facts.ts'
import { describeIngress } from './ingresses.ts'
import { describeNamespace } from './namespaces.ts'
import { describeNetworkPolicy } from './network-policies.ts'
import { describePod } from './pods.ts'
import { describeService } from './services.ts'

/** One object in words, by its kind and name. Throws CannotAnswer for what is not there. */
export const describe = (world: World, question: DescriptionQuestion): Description =>
  tellingWhatIf(world, descriptionOf(world, question))

function descriptionOf(
  world: World,
  { words, namespace: here = 'default', program = 'netpol' }: DescriptionQuestion,
): Description {
  const { of, namespace = here, name } = askedFor(words)
  if (name === undefined) return cannotAnswer('NO_NAME', `which of the ${of}?`, listThem(of, program))
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
    case 'namespaces': {
      const found = cluster.namespaces.get(name)
      return found === undefined
        ? notFound(`${of} "${name}" not found`, name, [...cluster.namespaces.keys()])
        : describeNamespace(world, found)
    }
  }
}

/** A question of `describe` as it was typed. */
export interface DescriptionQuestion {
  /** The kind and the name, in one of the ways in which they can be written. */
  readonly words: readonly string[]
  readonly namespace: string | undefined
  /** What the program is called in what an error tells to type. */
  readonly program?: string | undefined
}

const listThem = (of: ResourceKind, program: string): string =>
  `\`${program} get ${of}${of === 'namespaces' ? '' : ' -A'}\` lists them`

const idOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`

function notFound(message: string, wanted: string, ids: readonly string[]): never {
  const near = ids.find(id => id.endsWith(`/${wanted.split('/').at(-1)}`)) ?? nearest(wanted, ids)
  return cannotAnswer('NAME_NOT_FOUND', message, near === undefined ? undefined : `did you mean \`${near}\`?`)
}
