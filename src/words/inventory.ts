import type { PolicyRef, SourceRef } from '../report/common.ts'
import type { Direction, LabelRequirement, RuleFacts } from '../report/facts/rules.ts'
import type { Sentence } from '../report/inventory.ts'
import { printable } from '../source/printable.ts'
import { firstFew, placeText } from './names.ts'
import { notEnforced, ruleText, selectorText } from './rules.ts'

/*
 * What `describe` says of an object beside kubectl's fields, and what `get` says in the place of an empty list.
 */

/** So many objects are named in a sentence. */
const FEW = 5

export const fewText = (names: readonly string[]): string => firstFew(names, FEW)

const sentence = (text: string, parts: Sentence['parts'] = []): Sentence => ({ text, parts })

// Pods.

export const POD_HAS_FINISHED = sentence('It has finished, and has no network any more: nothing reaches it.')

export const POD_IS_ON_HOST_NETWORK = sentence(
  "It is on its node's network: policies take it for the node, and none selects it.",
)

export const podIsNotProtected = (plugin: string): Sentence =>
  sentence(`Policies select it, but everything is open: ${notEnforced(plugin)}.`)

/** Policies that isolate a Pod in a direction, and whether each does so for sure. */
export function podIsolation(
  direction: Direction,
  isolating: readonly { readonly policy: PolicyRef; readonly matches: 'yes' | 'unknown' }[],
): Sentence {
  if (isolating.length === 0)
    return sentence(`No NetworkPolicy isolates it for ${direction}: everything is open.`)
  const perhaps = ' (perhaps: by a label that only a running cluster knows)'
  const parts = isolating.map(({ policy: { namespace, name, source }, matches }) => ({
    text: `${namespace}/${name}${matches === 'unknown' ? perhaps : ''}`,
    source,
  }))
  const only = 'only what a rule of these opens gets through'
  const isSure = isolating.some(({ matches }) => matches === 'yes')
  return isSure
    ? sentence(`It is isolated for ${direction}: ${only}.`, parts)
    : sentence(`It may be isolated for ${direction}; if so, ${only}.`, parts)
}

/** A Service that selects a Pod. */
export const selectingServiceText = (id: string, isServed: boolean): string =>
  isServed ? id : `${id} (sends it nothing, because it is not ready)`

/** A label; null is a value that only a running cluster knows. */
export const labelText = (key: string, value: string | null): string =>
  `${key}=${value ?? '<known to a running cluster only>'}`

// Services.

export const serviceIsAlias = (externalName: string): Sentence =>
  sentence(`It is another name for ${externalName}; policies see the address behind that.`)

export const SERVICE_IS_HEADLESS = sentence(
  'It is headless: a client dials the Pods themselves, on whatever port it asks for.',
)

export const SERVICE_IS_TRANSLATED = sentence(
  'Policies see the Pod behind it and the port of the Pod, not the Service and its port.',
)

export const serviceIsEmpty = (why: string): Sentence => sentence(`Nothing is behind it: ${why}.`)

/** Endpoints that are written by hand are found by the name of the port, and have no target port (S-216). */
export function servicePortIsUnserved(port: number, targetPort: number | string): Sentence {
  const what = typeof targetPort === 'string' ? `a port called ${targetPort}` : 'that port'
  return sentence(`Nothing serves its port ${port}: no endpoint has ${what}.`)
}

// Namespaces.

/** Where a namespace is declared; else whether every cluster has it, or it is assumed because of the objects in it. */
export function namespaceDeclaredText(source: SourceRef | undefined, isAssumed: boolean): string {
  if (source !== undefined) return `yes (${placeText(source)})`
  return isAssumed ? 'no: objects are merely in it' : 'no: every cluster has it'
}

export const namespaceIsNotProtected = (plugin: string): Sentence =>
  sentence(`Its Pods are open, whatever its policies say: ${notEnforced(plugin)}.`)

/** What the policies that select every Pod of a namespace do together in a direction (S-003). */
export interface NamespaceDefault {
  readonly direction: Direction
  readonly is: 'not isolated' | 'open' | 'closed' | 'limited'
  /** The policies that make it so. */
  readonly by: readonly string[]
}

export function namespaceDefault({ direction, is, by }: NamespaceDefault): Sentence {
  const verb = direction === 'ingress' ? 'comes in to' : 'goes out from'
  switch (is) {
    case 'not isolated':
      return sentence(`No default deny for ${direction}: its Pods are open, unless a policy selects them.`)
    case 'open':
      return sentence(`Everything ${verb} its Pods: ${fewText(by)} lets it.`)
    case 'closed':
      return sentence(
        `Default deny for ${direction}, by ${fewText(by)}: nothing ${verb} its Pods but what a policy lets through.`,
      )
    case 'limited':
      return sentence(
        `All its Pods are isolated for ${direction}, by ${fewText(by)}: nothing ${verb} them but what a policy lets through.`,
      )
  }
}

// NetworkPolicies.

/** Rules with their places. */
export type WrittenRules = readonly { readonly facts: RuleFacts; readonly source: SourceRef }[]

const partsOf = (rules: WrittenRules): Sentence['parts'] =>
  rules.map(({ facts, source }) => ({ text: ruleText(facts), source }))

export const policyIsUnenforced = (plugin: string): Sentence =>
  sentence(`It is without effect: ${notEnforced(plugin)}. If they were:`)

/** The Pods that a policy selects for sure, and those that it selects perhaps. */
export function policySubject(
  namespace: string,
  selector: readonly LabelRequirement[],
  { pods, undetermined }: { readonly pods: readonly string[]; readonly undetermined: readonly string[] },
): Sentence {
  const whom = selector.length === 0 ? 'every Pod' : `the Pods ${selectorText(selector)}`
  const now = pods.length === 0 ? 'none in the input' : fewText(pods)
  const perhaps =
    undetermined.length === 0
      ? ''
      : `; and perhaps ${fewText(undetermined)}, by labels that only a running cluster knows`
  return sentence(`It selects ${whom} of namespace ${namespace}: ${now}${perhaps}.`)
}

/** S-043. */
export function policyMissesHostNetwork(pods: readonly string[]): Sentence {
  const who = pods.length === 1 ? 'is on its' : 'are on their'
  return sentence(`Not ${fewText(pods)}, which ${who} node's network, where no policy selects a Pod.`)
}

/** What a policy does in a direction; `rules` is undefined where it does not isolate in it. */
export function policyDirection(direction: Direction, rules: WrittenRules | undefined): Sentence {
  const isIngress = direction === 'ingress'
  if (rules === undefined)
    return sentence(`It does not limit what may ${isIngress ? 'come in to' : 'go out from'} them.`)
  const verb = isIngress ? 'comes in to' : 'goes out from'
  const nothing = `Nothing ${verb} them, unless another policy lets it`
  if (rules.length === 0) return sentence(`${nothing} (${direction} is isolated, without a rule).`)
  return rules.some(({ facts: { peers, ports } }) => peers === 'any' && ports === 'any')
    ? sentence(`Everything ${verb} them, by a rule without limits:`, partsOf(rules))
    : sentence(`${nothing}, but:`, partsOf(rules))
}

/** S-010. */
export const policyIgnoresRules = (direction: Direction, rules: WrittenRules): Sentence =>
  sentence(
    `Its ${direction} rules are without effect, because policyTypes does not list ${direction === 'ingress' ? 'Ingress' : 'Egress'}:`,
    partsOf(rules),
  )

/** S-008. */
export const policyTypesAreDefaulted = (hasEgress: boolean): Sentence =>
  sentence(
    hasEgress
      ? 'policyTypes is not written, which means Ingress, and Egress because there are egress rules.'
      : 'policyTypes is not written, which means Ingress alone, because there are no egress rules.',
  )

// Ingresses.

/** What a path of an Ingress leads to: the endpoints of its backend, or why there are none. */
export type BackendMeaning =
  | { readonly kind: 'resource' }
  | { readonly kind: 'no service' | 'no port'; readonly service: string; readonly port: number | string }
  | { readonly kind: 'endpoints'; readonly endpoints: readonly string[] }

export function backendMeaningText(meaning: BackendMeaning): string {
  switch (meaning.kind) {
    case 'resource':
      return 'only the controller knows what is behind it'
    case 'no service':
      return `Service ${meaning.service} is not in the input`
    case 'no port':
      return `Service ${meaning.service} has no port ${meaning.port}`
    case 'endpoints':
      return fewText(meaning.endpoints) || 'nothing is behind it'
  }
}

/** The host and path of a rule; the default backend has neither. */
export const ingressPathText = (host: string | null, path: string | null, pathType: string | null): string =>
  host === null ? 'everything else' : `${host} ${path} (${pathType})`

export const INGRESS_IS_PROXIED = sentence(
  "The client connects to the ingress controller, and the controller's Pods connect to the Pods of the backend.",
)

export const INGRESS_HAS_NO_DEFAULT = sentence('What no rule matches is not found (HTTP 404).')

// Empty lists.

/** In kubectl's words; `elsewhere` is how many there are in other namespaces, `near` a namespace of a similar name. */
export function noObjectsText(namespace: string | undefined, elsewhere = 0, near?: string): string {
  if (namespace === undefined) return 'No resources found'
  const hints = [
    ...(elsewhere > 0 ? [`${elsewhere} in other namespaces: -A`] : []),
    ...(near === undefined ? [] : [`did you mean -n ${near}?`]),
  ]
  const hint = hints.length > 0 ? ` (${hints.join('; ')})` : ''
  return printable(`No resources found in ${namespace} namespace.${hint}`)
}

/** A policy selects `selected` Pods, none of which was asked for, or has `onHostNetwork` ones that it would select (S-043). */
export function noSelectedPodsText(policy: string, selected: number, onHostNetwork: number): string {
  if (selected > 0)
    return `of the Pods that ${policy} selects or may select (${selected}), none has these labels`
  const why = `: those with its labels (${onHostNetwork}) are on their node's network, where no policy selects them`
  return `${policy} selects no Pod of the input${onHostNetwork === 0 ? '' : why}`
}

export function noSelectingPoliciesText(
  typed: string,
  pods: readonly { readonly finished: boolean; readonly hostNetwork: boolean }[],
): string {
  if (pods.length === 0) return `${typed} makes no Pods, so no policy selects any`
  const none = `no policy selects ${typed}`
  if (pods.every(({ finished }) => finished)) return `${none}: it has finished, and has no network any more`
  if (pods.every(({ hostNetwork }) => hostNetwork))
    return `${none}: it is on its node's network, and policies take it for the node`
  return none
}
