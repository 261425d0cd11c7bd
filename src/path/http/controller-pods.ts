import { peerOf, predicatesOf } from '../../engine/predicates.ts'
import { podsWithNetwork } from '../../model/cluster.ts'
import { NAME_LABEL } from '../../model/labels.ts'
import type { ContainerPort, Pod } from '../../model/objects.ts'
import { type Endpoint, identityOf } from '../../network/endpoint.ts'
import type { Peer } from '../../policy/policy.ts'
import { memoized } from '../../sets/memoized.ts'
import { assumedPod } from '../../world/assumed-pod.ts'
import type { World } from '../../world/world.ts'
import { INSTANCE, type Installation, type KnownController, type SharedProxies } from './known-controller.ts'
import { KNOWN } from './known-controllers.ts'

/*
 * Where the Pods of known controllers are: in the input, by their labels, images or namespaces; else where the policies
 * expect them.
 */

/** The Pods that may run a controller: not those of Jobs, which install it. */
export const runningPods = memoized((world: World): readonly Pod[] =>
  podsWithNetwork(world.cluster).filter(
    ({ workload }) => workload?.kind !== 'Job' && workload?.kind !== 'CronJob',
  ),
)

/** The known controllers whose Pods are in the input. */
export const installedIn = memoized(
  (world: World): ReadonlyMap<KnownController, readonly Pod[]> =>
    new Map(
      KNOWN.flatMap(known => {
        const { proxies } = known
        const pods = proxies.kind === 'shared' ? podsOfShared(world, proxies) : []
        return pods.length === 0 ? [] : [[known, pods] as const]
      }),
    ),
)

/** By the labels of a chart, in any namespace; else by an image; else those of a namespace in which nothing else runs. */
function podsOfShared(world: World, { installations, images }: SharedProxies): readonly Pod[] {
  const running = runningPods(world)
  const labeled = running.filter(pod => installations.some(one => hasLabelsOf(one, pod)))
  if (labeled.length > 0) return labeled
  const byImage = running.filter(pod => pod.images.some(image => images.some(name => isImage(image, name))))
  if (byImage.length > 0) return byImage
  return running.filter(({ namespace }) =>
    installations.some(one => one.isAlone === true && one.namespace === namespace),
  )
}

function hasLabelsOf({ namespace, labels, isOnlyHere }: Installation, pod: Pod): boolean {
  const [[key, value] = ['', ''], ...parts] = Object.entries(labels).filter(([label]) => label !== INSTANCE)
  return (
    pod.labels.get(key) === value &&
    (isOnlyHere !== true || pod.namespace === namespace) &&
    parts.every(([part, of]) => (pod.labels.get(part) ?? of) === of)
  )
}

/** `registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:…` is an image of `ingress-nginx/controller`. */
function isImage(image: string, name: string): boolean {
  const repository = image.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  return repository === name || repository.endsWith(`/${name}`)
}

/** Where a controller that is not in the input is assumed to run: as the policies expect it, else as it is usually installed. */
export const usualInstallation = (world: World, { installations, word }: SharedProxies): Installation =>
  expected(world, installations) ?? expected(world, chosen(world, installations[0], word)) ?? installations[0]

/** The known controllers that policies expect, by peers that can hardly be about anything else. */
export const expectedIn = memoized((world: World): readonly KnownController[] =>
  KNOWN.filter(
    ({ proxies }) =>
      proxies.kind === 'shared' && expected(world, proxies.installations, isTelling) !== undefined,
  ),
)

type PodsPeer = Extract<Peer, { kind: 'pods' }>

/** The first installation whose Pods one of the policies' peers matches. */
const expected = (
  world: World,
  installations: readonly Installation[],
  counts: (peer: PodsPeer) => boolean = () => true,
): Installation | undefined =>
  installations.find(installation => {
    const pod = podOfInstallation(installation, [80, 443])
    const predicates = predicatesOf(identityOf(world, { kind: 'pod', pod }, undefined))
    return choosingPeers(world).some(
      ({ peer, ofPolicy }) => counts(peer) && peerOf(peer, ofPolicy, predicates) === 'yes',
    )
  })

/** The peers of ingress rules that choose among the Pods of other namespaces. */
const choosingPeers = memoized((world: World) =>
  world.policyObjects.flatMap(({ directions, namespace: ofPolicy }) =>
    directions
      .filter(({ direction }) => direction === 'ingress')
      .flatMap(({ rules }) => rules.flatMap(({ peers }) => (peers === 'any' ? [] : peers)))
      .flatMap(peer => (peer.kind === 'pods' && isChoosing(peer) ? [{ peer, ofPolicy }] : [])),
  ),
)

const isChoosing = ({ namespaces, pods }: PodsPeer): boolean =>
  namespaces !== 'own' && namespaces.requirements.length + (pods?.requirements.length ?? 0) > 0

/** Namespaces in which much else runs tell nothing. */
const isTelling = (peer: PodsPeer): boolean =>
  (peer.pods?.requirements.length ?? 0) > 0 || !namesIn(peer).includes('kube-system')

/** The namespaces that a peer names. */
const namesIn = ({ namespaces }: PodsPeer): readonly string[] =>
  namespaces === 'own'
    ? []
    : namespaces.requirements.flatMap(({ key, operator, values }) =>
        key === NAME_LABEL && operator === 'In' ? values : [],
      )

/** In namespaces that policies name, that have no Pods in the input, and whose names tell what they are for. */
function chosen(world: World, { labels }: Installation, word: string): readonly Installation[] {
  const taken = new Set(world.cluster.pods.map(({ namespace }) => namespace))
  const named = choosingPeers(world).flatMap(({ peer }) => namesIn(peer))
  const free = [...new Set(named)].filter(
    name => !taken.has(name) && (name.includes(word) || /(^|-)ingress(-|$)/.test(name)),
  )
  return free.map(namespace => ({ namespace, labels }))
}

/** A Pod that stands for those of an installation. */
export const podOfInstallation = (
  { namespace, labels }: Pick<Installation, 'namespace' | 'labels'>,
  [http, https]: SharedProxies['ports'],
  name = `${namespace}-controller`,
): Pod =>
  assumedPod(namespace, name, new Map(Object.entries(labels)), [port('http', http), port('https', https)])

const port = (name: string, number: number): ContainerPort => ({
  name,
  number,
  protocol: 'TCP',
  sidecar: false,
})

export const endpointsOf = (pods: readonly Pod[]): readonly Endpoint[] =>
  pods.map(pod => ({ kind: 'pod', pod }))
