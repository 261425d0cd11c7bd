import type { DirectionVerdict, Identity, PodIdentity } from '../engine/evidence.ts'
import type { Cluster } from '../model/cluster.ts'
import type { Service } from '../model/objects.ts'
import type { Peer } from '../policy/policy.ts'
import type { VerdictWord } from '../report/common.ts'
import type { Direction } from '../report/facts/rules.ts'
import { isEmpty as isNoAddress, overlaps, subtract, union, unionOf } from '../sets/addresses.ts'
import { type Connections, contains, intersect, isEmpty } from '../sets/connections.ts'
import { addressesOf, type Endpoint } from './endpoint.ts'
import type { Flow } from './flow.ts'
import type { PairVerdict } from './pair.ts'

/** What the policies of one end decide about a flow: egress of the source, ingress of the destination (S-004). */
export interface PolicySide {
  readonly direction: Direction
  /** The Pod whose policies decide. */
  readonly subject: Endpoint
  readonly other: Endpoint
  /** What the policies saw of the two when they were asked. */
  readonly subjectIdentity: PodIdentity
  readonly otherIdentity: Identity
  readonly flow: Flow
  readonly verdict: DirectionVerdict
}

/** None where no policy was asked, or none can select either end. */
export function policySides(flow: Flow, { identities, egress, ingress }: PairVerdict): readonly PolicySide[] {
  if (identities === undefined) return []
  const [source, destination] = [
    { endpoint: flow.from, identity: identities[0] },
    { endpoint: flow.to, identity: identities[1] },
  ]
  return [...sideOf(flow, egress, source, destination), ...sideOf(flow, ingress, destination, source)]
}

interface Identified {
  readonly endpoint: Endpoint
  readonly identity: Identity
}

function sideOf(
  flow: Flow,
  verdict: DirectionVerdict | undefined,
  subject: Identified,
  other: Identified,
): readonly PolicySide[] {
  if (verdict === undefined || subject.identity.kind !== 'pod') return []
  return [
    {
      direction: verdict.direction,
      subject: subject.endpoint,
      other: other.endpoint,
      subjectIdentity: subject.identity,
      otherIdentity: other.identity,
      flow,
      verdict,
    },
  ]
}

/**
 * Whether a block was likely written for the Service that is dialed: it has one of its addresses and no address of the
 * backend, in either IP family (S-035). Egress policies see the backend's address (S-038, S-060); no client has a ClusterIP.
 */
export function holdsDialedService(
  cluster: Cluster,
  { cidr, except }: Extract<Peer, { kind: 'addresses' }>,
  { direction, flow, other, otherIdentity }: PolicySide,
): boolean {
  const { service } = flow.through ?? {}
  if (service === undefined || direction === 'ingress') return false
  const own = union(service.clusterIPs, service.externalAddresses)
  const block = subtract(cidr.addresses, unionOf(except.map(({ addresses }) => addresses)))
  const behind = hidesAddress(otherIdentity) ? [] : addressesOf(cluster, other)
  return overlaps(block, own) && !behind.some(address => overlaps(block, address))
}

/**
 * The Service that lets a node's address take the place of that of a client outside (`externalTrafficPolicy: Cluster`, S-064);
 * undefined where the client keeps its own, or loses it for another reason.
 */
export function serviceHidingClient({ other, flow }: PolicySide): Service | undefined {
  if (other.kind !== 'external' || other.client?.kind !== 'external') return undefined
  const { service } = flow.through ?? {}
  return service?.externalTrafficPolicy === 'Cluster' ? service : undefined
}

/** S-036, S-039. */
function hidesAddress(identity: Identity): boolean {
  const seen = identity.kind === 'pod' ? identity.address : identity.addresses
  return seen !== undefined && isNoAddress(seen)
}

/** How much of what is asked the policies of one side allow. */
export const wordOfSide = ({ flow, verdict }: PolicySide): VerdictWord => verdictWord(flow.ask, verdict)

/** How much of a question is allowed. */
export function verdictWord(
  ask: Connections,
  { allowed, undetermined }: { readonly allowed: Connections; readonly undetermined: Connections },
): VerdictWord {
  if (contains(allowed, ask)) return 'yes'
  if (!isEmpty(intersect(allowed, ask))) return 'partial'
  return isEmpty(intersect(undetermined, ask)) ? 'no' : 'undetermined'
}
