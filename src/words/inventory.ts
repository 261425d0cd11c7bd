import type { BackendMeaning, FieldFacts, Meaning, NamespaceDefault } from '../report/facts/inventory.ts'
import type { DescribedField, Sentence } from '../report/inventory.ts'
import { printable } from '../source/printable.ts'
import { firstFew, joined, placeText } from './lists.ts'
import { say } from './reason.ts'
import { notEnforced, policyType, ruleText, selectorText } from './rules.ts'

/*
 * What `describe` says of an object beside kubectl's fields, and what `get` says in the place of an empty list.
 */

/** A sentence with its facts. */
export const sentence = (facts: Meaning): Sentence => ({
  text: meaningText(facts),
  parts: partsOf(facts),
  facts,
})

function meaningText(meaning: Meaning): string {
  switch (meaning.kind) {
    case 'pod-finished':
      return 'It has finished, and has no network any more: nothing reaches it.'
    case 'pod-on-host-network':
      return "It is on its node's network: policies take it for the node, and none selects it."
    case 'unenforced':
      return unenforcedText(meaning)
    case 'isolation':
      return isolationMeaning(meaning)
    case 'external-name':
      return `It is another name for ${meaning.externalName}; policies see the address behind that.`
    case 'headless':
      return 'It is headless: a client dials the Pods themselves, on whatever port it asks for.'
    case 'translated':
      return 'Policies see the Pod behind it and the port of the Pod, not the Service and its port.'
    case 'no-endpoints':
      return `Nothing is behind it: ${say({ code: 'SERVICE_HAS_NO_ENDPOINTS', facts: meaning.why })}.`
    case 'unserved-port': {
      // Endpoints that are written by hand are found by the name of the port, and have no target port (S-216).
      const { port, targetPort } = meaning
      const what = typeof targetPort === 'string' ? `a port called ${targetPort}` : 'that port'
      return `Nothing serves its port ${port}: no endpoint has ${what}.`
    }
    case 'namespace-default':
      return defaultText(meaning)
    case 'selects':
      return selectsText(meaning)
    case 'host-network-left-out': {
      const who = meaning.pods.length === 1 ? 'is on its' : 'are on their'
      return `Not ${firstFew(meaning.pods)}, which ${who} node's network, where no policy selects a Pod.`
    }
    case 'direction':
      return directionText(meaning)
    case 'ignored-rules':
      return `Its ${meaning.direction} rules are without effect, because policyTypes does not list ${policyType(meaning.direction)}:`
    case 'default-policy-types':
      return meaning.hasEgress
        ? 'policyTypes is not written, which means Ingress, and Egress because there are egress rules.'
        : 'policyTypes is not written, which means Ingress alone, because there are no egress rules.'
    case 'proxied':
      return "The client connects to the ingress controller, and the controller's Pods connect to the Pods of the backend."
    case 'no-default-backend':
      return 'What no rule matches is not found (HTTP 404).'
  }
}

/** What some sentences lead up to: the policies or the rules that they are about. */
function partsOf(meaning: Meaning): Sentence['parts'] {
  switch (meaning.kind) {
    case 'isolation':
      return meaning.policies.map(({ policy: { namespace, name, source }, matches }) => ({
        text: `${namespace}/${name}${matches === 'unknown' ? PERHAPS : ''}`,
        source,
      }))
    case 'direction':
    case 'ignored-rules':
      return (meaning.rules ?? []).map(({ facts, source }) => ({ text: ruleText(facts), source }))
    default:
      return []
  }
}

const PERHAPS = ' (perhaps: by a label that only a running cluster knows)'

type Of<Kind extends Meaning['kind']> = Extract<Meaning, { readonly kind: Kind }>

function unenforcedText({ of, plugin }: Of<'unenforced'>): string {
  switch (of) {
    case 'Pod':
      return `Policies select it, but everything is open: ${notEnforced(plugin)}.`
    case 'Namespace':
      return `Its Pods are open, whatever its policies say: ${notEnforced(plugin)}.`
    case 'NetworkPolicy':
      return `It is without effect: ${notEnforced(plugin)}. If they were:`
  }
}

function isolationMeaning({ direction, policies }: Of<'isolation'>): string {
  if (policies.length === 0) return `No NetworkPolicy isolates it for ${direction}: everything is open.`
  const only = 'only what a rule of these opens gets through'
  return policies.some(({ matches }) => matches === 'yes')
    ? `It is isolated for ${direction}: ${only}.`
    : `It may be isolated for ${direction}; if so, ${only}.`
}

/** How something moves in a direction, seen from the Pods of a policy. */
const MOVES = { ingress: 'comes in to', egress: 'goes out from' } as const

function defaultText({ direction, is, by }: NamespaceDefault): string {
  const verb = MOVES[direction]
  const names = firstFew(by.map(({ name }) => name))
  switch (is) {
    case 'not isolated':
      return `No default deny for ${direction}: its Pods are open, unless a policy selects them.`
    case 'open':
      return `Everything ${verb} its Pods: ${names} lets it.`
    case 'closed':
      return `Default deny for ${direction}, by ${names}: nothing ${verb} its Pods but what a policy lets through.`
    case 'limited':
      return `All its Pods are isolated for ${direction}, by ${names}: nothing ${verb} them but what a policy lets through.`
  }
}

function selectsText({ namespace, selector, pods, undetermined }: Of<'selects'>): string {
  const whom = selector.length === 0 ? 'every Pod' : `the Pods ${selectorText(selector)}`
  const now = pods.length === 0 ? 'none in the input' : firstFew(pods)
  const perhaps =
    undetermined.length === 0
      ? ''
      : `; and perhaps ${firstFew(undetermined)}, by labels that only a running cluster knows`
  return `It selects ${whom} of namespace ${namespace}: ${now}${perhaps}.`
}

function directionText({ direction, rules }: Of<'direction'>): string {
  if (rules === undefined)
    return `It does not limit what may ${direction === 'ingress' ? 'come in to' : 'go out from'} them.`
  const nothing = `Nothing ${MOVES[direction]} them, unless another policy lets it`
  if (rules.length === 0) return `${nothing} (${direction} is isolated, without a rule).`
  return rules.some(({ facts: { peers, ports } }) => peers === 'any' && ports === 'any')
    ? `Everything ${MOVES[direction]} them, by a rule without limits:`
    : `${nothing}, but:`
}

/** A field with its facts. */
export const factsField = (name: string, facts: FieldFacts): DescribedField => ({
  name,
  values: fieldTexts(facts),
  facts,
})

function fieldTexts(facts: FieldFacts): readonly string[] {
  switch (facts.kind) {
    case 'declared':
      if (facts.source !== undefined) return [`yes (${placeText(facts.source)})`]
      return [facts.assumed ? 'no: objects are merely in it' : 'no: every cluster has it']
    case 'services':
      return facts.services.map(({ id, isEndpoint }) =>
        isEndpoint ? id : `${id} (sends it nothing, because it is not ready)`,
      )
    case 'ingress-rules':
      return facts.rules.map(
        ({ host, path, pathType, backend, leadsTo }) =>
          `${host === null ? 'everything else' : `${host} ${path} (${pathType})`} -> ${backend} (${backendText(leadsTo)})`,
      )
  }
}

function backendText(meaning: BackendMeaning): string {
  switch (meaning.kind) {
    case 'resource':
      return 'only the controller knows what is behind it'
    case 'no service':
      return `Service ${meaning.service} is not in the input`
    case 'no port':
      return `Service ${meaning.service} has no port ${meaning.port}`
    case 'endpoints':
      return firstFew(meaning.endpoints) || 'nothing is behind it'
  }
}

/** A label; null is a value that only a running cluster knows. */
export const labelText = (key: string, value: string | null): string =>
  `${key}=${value ?? '<known to a running cluster only>'}`

// Empty lists.

/** In kubectl's words; `elsewhere` is how many there are in other namespaces, `near` a namespace of a similar name. */
export function noObjectsText(namespaces: readonly string[] = [], elsewhere = 0, near?: string): string {
  if (namespaces.length === 0) return 'No resources found'
  const hints = [
    ...(elsewhere > 0 ? [`${elsewhere} in other namespaces: -A`] : []),
    ...(near === undefined ? [] : [`did you mean -n ${near}?`]),
  ]
  const hint = hints.length > 0 ? ` (${hints.join('; ')})` : ''
  const where = `${joined(namespaces)} ${namespaces.length === 1 ? 'namespace' : 'namespaces'}`
  return printable(`No resources found in ${where}.${hint}`)
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
