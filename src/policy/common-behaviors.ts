import { type Cell, type Evidence, enforces, type PluginName, type Profile, type Topic } from './profile.ts'

/*
 * What the NetworkPolicy API leaves to the network plugin as well, and none is known to do otherwise than the others:
 * nothing is decided by it. It is documentation, and an answer that relies on it says so where it is not known of the
 * plugin that is named.
 */

interface CommonBehavior {
  /** What all of them do, as far as it is known. */
  readonly how: string
  readonly known: { readonly [P in PluginName]?: Known }
  /** Where it depends on the release, or on a setting. */
  readonly depends?: { readonly [P in PluginName]?: Required<Known> }
}

interface Known {
  readonly by: Evidence
  readonly note?: string
}

const COMMON = { by: 'common-knowledge' } as const

export const COMMON_BEHAVIORS = {
  /** Whether an ipBlock matches the addresses of Services (S-038). */
  ipBlockOfServices: {
    how: 'no',
    known: {
      calico: { by: 'issue', note: 'with iptables it judges behind the translation to the Pod' },
      antrea: { by: 'issue', note: 'it judges behind the translation to the Pod' },
      'ovn-kubernetes': { by: 'issue', note: 'it judges behind the translation to the Pod' },
      kindnet: { by: 'code', note: 'it judges behind the translation to the Pod' },
    },
  },
  /** S-040. */
  fromOwnNode: {
    how: 'always open',
    known: {
      calico: COMMON,
      cilium: COMMON,
      antrea: { by: 'issue', note: 'by a mark on the packet, since PR 1816' },
      'kube-router': COMMON,
      'ovn-kubernetes': { by: 'documentation' },
      kindnet: { by: 'code', note: 'sockets of root on the node are exempt' },
      weave: COMMON,
    },
  },
  /** A client whose address the Pod's own node has replaced by its own (S-065). */
  rewrittenByOwnNode: {
    how: 'filtered',
    known: {
      antrea: { by: 'issue', note: 'since PR 1816 the own node is known by a mark, not by its address' },
      kindnet: { by: 'code', note: 'the own node is known by its sockets, not by its address' },
    },
  },
  /** S-055. */
  icmp: {
    how: 'by rules without ports',
    known: {
      calico: COMMON,
      cilium: { by: 'issue' },
      antrea: { by: 'documentation' },
      'ovn-kubernetes': { by: 'documentation' },
      kindnet: { by: 'code' },
    },
  },
  /** S-056. */
  sctp: {
    how: 'yes',
    known: {},
    depends: {
      cilium: {
        by: 'documentation',
        note: 'SCTP has to be switched on, and targetPort has to equal port',
      },
    },
  },
  /** Named ports of sidecars (S-031). */
  sidecarPorts: { how: 'no', known: { kindnet: { by: 'code', note: 'it looks at spec.containers alone' } } },
  /** Both selectors in one peer (S-014). */
  bothSelectors: {
    how: 'yes',
    known: {
      calico: COMMON,
      cilium: COMMON,
      antrea: COMMON,
      'kube-router': COMMON,
      'ovn-kubernetes': COMMON,
      kindnet: COMMON,
    },
    depends: { weave: { by: 'code', note: 'older releases look at podSelector alone' } },
  },
  /** What becomes of established connections when policies change (S-049). */
  established: { how: 'judged anew', known: { kindnet: { by: 'code', note: 'in strict mode' } } },
} as const satisfies { readonly [topic: string]: CommonBehavior }

export type CommonTopic = keyof typeof COMMON_BEHAVIORS

/** What is known of a plugin about any topic. */
export function knownOf(profile: Profile, topic: Topic | CommonTopic): Cell<string> {
  if (!isCommon(topic)) return profile.cells[topic]
  if (!enforces(profile)) return { is: 'not-applicable' }
  const { how, known, depends }: CommonBehavior = COMMON_BEHAVIORS[topic]
  const [as, on] = [known[profile.name], depends?.[profile.name]]
  if (as !== undefined) return { is: 'known', how, ...as }
  return on === undefined ? { is: 'not-known' } : { is: 'depends', ...on }
}

const isCommon = (topic: Topic | CommonTopic): topic is CommonTopic => Object.hasOwn(COMMON_BEHAVIORS, topic)
