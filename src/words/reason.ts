import type { AssumptionCode, OmittedAssumptions } from '../report/assumption.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { Port, VerdictWord } from '../report/common.ts'
import type {
  Composite,
  Conclusion,
  DnsBlocked,
  EndpointsDiffer,
  NestingFacts,
} from '../report/facts/paths.ts'
import type { Facts, Reason, WithMessage } from '../report/reason.ts'
import { ASSUMPTION_SENTENCES, anyPodText, WARNING_SENTENCES } from './assumptions.ts'
import type { Sentences } from './lists.ts'
import { notFoundText } from './names.ts'
import { PATH_SENTENCES } from './paths.ts'
import { POLICY_SENTENCES } from './policies.ts'
import { portText } from './ports.ts'

/** The codes whose sentence holds those of other reasons. */
const NESTING_SENTENCES: Sentences<NestingFacts> = {
  DENIED_BY_BOTH: ({ sides }) => each(sides),
  ENDPOINTS_DIFFER: differText,
  DNS_BLOCKED: blockedText,
  UNDETERMINED_DNS: blockedText,
  UNDETERMINED_NODE: sameNodeText,
  UNDETERMINED_HOST_NETWORK: sameNodeText,
  UNDETERMINED_CNI_BEHAVIOUR: facts => {
    switch (facts.about) {
      case 'itself':
        return `${facts.plugin} usually drops what ${facts.from} sends to itself through a Service and no rule opens: ${each(facts.otherwise)}`
      case 'rewritten client':
        return `open if ${facts.plugin} takes the client, whose address a node replaces, for an address outside, which is not known; else ${each(facts.otherwise)}`
      case 'API server':
        return `allowed if the API server is outside the cluster and its address is kept, which the manifests do not show; else ${each(facts.otherwise)}`
      case 'source ranges':
        return `open if the network plugin lets ${facts.from} pass the loadBalancerSourceRanges of a load balancer that is dialed in the cluster, as Cilium does and kube-proxy does not; else ${each(facts.otherwise)}`
      case 'local traffic policy':
        return `open if what ${facts.from} sends to a port of a node gets to Pods on other nodes as well, as with kube-proxy in its iptables mode; else ${each(facts.otherwise)}`
      case 'icmp': {
        const unknown =
          facts.plugin === ''
            ? 'whether the network plugin blocks it here is unknown (name it with --cni)'
            : `whether ${facts.plugin} blocks it here is unknown`
        return `NetworkPolicy does not define ICMP, and ${unknown}; most plugins do: ${each(facts.otherwise)}`
      }
      case 'any Pod':
        return anyPodText(facts)
    }
  },
  UNDETERMINED_HOST_PORT: hostPortText,
  UNDETERMINED_DNS_SERVER: ({ on, servers, otherwise }) => {
    const whose = on === 'cache' ? 'the setup of the node-local DNS cache' : 'the platform'
    return `DNS queries may go to ${servers.join(' or ')}, which depends on ${whose}; in one of these cases ${numbered(otherwise)}`
  },
}

function hostPortText({
  on,
  from,
  node,
  hostPort,
  pod,
  port,
  otherwise,
}: NestingFacts['UNDETERMINED_HOST_PORT']): string {
  switch (on) {
    case 'placement':
      return `hostPort ${hostPort.number} leads to ${pod}:${port} if that Pod runs on node ${node}, which the manifests do not show; if it does, ${each(otherwise)}`
    case 'client':
      return `whether ${pod} sees the address of ${from} or that of a node depends on where both run and on the network plugin; in one of these cases ${numbered(otherwise)}`
  }
}

/** The one sentence for each code: a new code does not compile until it has one. */
const SENTENCES: Sentences<Facts> = {
  ...POLICY_SENTENCES,
  ...PATH_SENTENCES,
  ...NESTING_SENTENCES,
  ...ASSUMPTION_SENTENCES,
  ...WARNING_SENTENCES,
}

/** A reason in words. */
export const say = <C extends ReasonCode>(reason: Reason<C>): string => SENTENCES[reason.code](reason.facts)

/** Several reasons of one rule or peer, all of which hold. */
export const sayAll = (reasons: readonly Reason[]): string =>
  reasons.map(reason => say(reason)).join('; and ')

/** A reason with its sentence, as a report has it. */
export function withMessage<R extends Reason>(reason: R): WithMessage<R> {
  const first = { code: reason.code, message: say(reason) }
  return { ...first, ...reason }
}

/** In the place of further assumptions of one code. */
export const omitted = (code: AssumptionCode, others: number): WithMessage<OmittedAssumptions> => ({
  code,
  message: `so too in ${others} other cases`,
  facts: { others },
})

/** Why an answer or a step has its verdict, in words. */
export const conclusionText = (conclusion: Conclusion): string =>
  isComposite(conclusion) ? compositeText(conclusion.facts) : say(conclusion)

const isComposite = (
  conclusion: Conclusion,
): conclusion is Extract<Conclusion, { readonly facts: Composite }> =>
  'about' in conclusion.facts && conclusion.facts.about === 'other reasons'

function compositeText(facts: Composite): string {
  switch (facts.because) {
    case 'each-of':
      return each(facts.reasons)
    case 'neither-isolated':
      return 'no policy isolates either end'
    case 'neither-subject':
      return 'no policy can select either end'
    case 'one-side-refuses':
      return `${conclusionText(facts.refused)}; its ${facts.openSide} is open: ${conclusionText(facts.opened)}`
    case 'not-entered':
      return `the client does not get to ${facts.controller}: ${conclusionText(facts.why)}`
    case 'not-forwarded':
      return `the controller ${facts.controller} does not get through to ${facts.to}: ${conclusionText(facts.why)}`
    case 'not-authorized':
      return `the controller ${facts.controller} does not get through to ${facts.url}, which it asks first whether to admit the client (${facts.by}): ${conclusionText(facts.why)}`
    case 'host-port':
      return `hostPort ${facts.hostPort.number} of node ${facts.node} leads to ${facts.pod}:${facts.port}: ${conclusionText(facts.why)}`
    case 'name':
      return `${conclusionText(facts.name)}; ${byAddressText(facts.byAddress)}`
  }
}

const each = (reasons: readonly Conclusion[]): string => reasons.map(conclusionText).join('; ')

/** Of several reasons, each may hold `;` and `,` of its own. */
const numbered = (reasons: readonly Conclusion[]): string =>
  reasons.length < 2
    ? each(reasons)
    : reasons.map((reason, index) => `(${index + 1}) ${conclusionText(reason)}`).join(' or ')

function byAddressText({
  verdict,
  why,
}: {
  readonly verdict: VerdictWord
  readonly why: Conclusion
}): string {
  switch (verdict) {
    case 'yes':
      return 'by its address it would be reachable'
    case 'no':
      return `by its address it would not be reachable either: ${conclusionText(why)}`
    case 'partial':
      return `by its address it would be reachable in part: ${conclusionText(why)}`
    case 'undetermined':
      return `whether it would be reachable by its address is unknown: ${conclusionText(why)}`
  }
}

function blockedText({ name, servers, why, missing }: DnsBlocked): string {
  const reason = why === undefined ? `nobody answers UDP 53 behind ${servers}` : conclusionText(why)
  const blocked = `looking up \`${name}\` needs UDP to ${servers}: ${reason}`
  return missing === undefined ? blocked : `${blocked}; besides, ${notFoundText(missing)}`
}

function sameNodeText({ from, to, otherwise }: NestingFacts['UNDETERMINED_NODE']): string {
  return `open if ${from} and ${to} are on the same node, which the input does not tell; else ${each(otherwise)}`
}

function differText({ open, partial, of, closed }: EndpointsDiffer): string {
  const wholly = open === 0 && partial > 0 ? [] : [`for ${open}`]
  const counts = [...wholly, ...(partial > 0 ? [`in part for ${partial}`] : [])].join(' and ')
  return `open ${counts} of ${of}; ${closedText(closed)}: ${conclusionText(closed.why)}`
}

function closedText({ verdict, to, from, differsBy, ipFamily }: EndpointsDiffer['closed']): string {
  const isNot = verdict === 'partial' ? 'is only in part' : 'is not'
  switch (differsBy) {
    case 'ip-family':
      return `over ${ipFamily ?? 'one of the IP families'} it ${isNot}`
    case 'source':
      return `from ${from} it ${isNot}`
    case 'destination':
      return `${endText(to)} ${isNot}`
    case 'both':
      return `from ${from} to ${endText(to)} it ${isNot}`
  }
}

const endText = ({ id, port }: { readonly id: string; readonly port: Port | null }): string =>
  port === null ? id : `${id} ${portText(port)}`
