import type { Description, ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { didYouMean, nearest } from '../../source/did-you-mean.ts'
import { sentence } from '../../words/inventory.ts'
import { withMessage } from '../../words/reason.ts'
import { networkPolicies, type World } from '../../world/world.ts'
import { type Described, withEdits } from './fields.ts'
import { describeIngress } from './ingresses.ts'
import { askedFor } from './kind-and-name.ts'
import { describeNamespace } from './namespaces.ts'
import { describeNetworkPolicy } from './network-policies.ts'
import { describePod } from './pods.ts'
import { describeService } from './services.ts'

/** A question of `describe` as it was typed. */
interface DescriptionQuestion {
  /** The kind and the name, in one of the ways in which they can be written. */
  readonly words: readonly string[]
  readonly namespace?: string | undefined
  /** What the program is called in what an error tells to type. */
  readonly program?: string | undefined
}

/** One object in words, by its kind and name. Throws CannotAnswer for what does not exist. */
export function describeObject(
  world: World,
  { words, namespace: here = 'default', program = 'netpol' }: DescriptionQuestion,
): Description {
  const { of, namespace = here, name } = askedFor(words)
  if (name === undefined) {
    const list = `\`${program} get ${of}${of === 'namespaces' ? '' : ' -A'}\` lists them`
    cannotAnswer('NO_NAME', `which of the ${of}?`, list)
  }
  const { id, facts, meaning, assumptions = [] } = describedAs(of, world, namespace, name)
  return {
    kind: 'Description',
    of,
    id,
    facts,
    meaning: meaning.map(sentence),
    assumptions: withEdits(world, assumptions.map(withMessage)),
  }
}

function describedAs(of: ResourceKind, world: World, namespace: string, name: string): Described {
  const { cluster } = world
  const find = <T extends { readonly name: string; readonly namespace: string }>(
    objects: readonly T[],
  ): T => {
    const idOf = (object: Pick<T, 'namespace' | 'name'>): string => `${object.namespace}/${object.name}`
    return (
      objects.find(object => object.name === name && object.namespace === namespace) ??
      notFound(
        `${of} "${name}" not found in namespace ${namespace}`,
        `${namespace}/${name}`,
        objects.map(idOf),
      )
    )
  }
  switch (of) {
    case 'pods':
      return describePod(world, find(cluster.pods))
    case 'services':
      return describeService(world, find(cluster.services))
    case 'networkpolicies':
      return describeNetworkPolicy(world, find(networkPolicies(world)))
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

function notFound(message: string, wanted: string, ids: readonly string[]): never {
  const near = ids.find(id => id.endsWith(`/${wanted.split('/').at(-1)}`)) ?? nearest(wanted, ids)
  cannotAnswer('NAME_NOT_FOUND', message, didYouMean(near, undefined))
}
