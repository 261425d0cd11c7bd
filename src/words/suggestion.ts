import type { EndpointRef, Open } from '../report/common.ts'
import type { ChangingLabels, SuggestedChange, SuggestedRule } from '../report/facts/suggestion.ts'
import type { Suggestion } from '../report/suggestion.ts'
import { fixesText } from './fixes.ts'
import { labelText } from './inventory.ts'
import { counted, firstFew, placeText } from './lists.ts'
import { nearMissName } from './policies.ts'
import { openText, portText } from './ports.ts'
import { PREPOSITIONS } from './rules.ts'

/** What a suggestion changes. */
export const suggestionText = (changes: readonly SuggestedChange[]): string =>
  [...new Set(changes.map(changeText))].join('; ')

function changeText(change: SuggestedChange): string {
  switch (change.kind) {
    case 'near-miss': {
      const [name, fixes] = [nearMissName(change.nearMiss), fixesText(change.fixes)]
      return change.changes === 'policy' ? `in ${name}: ${fixes}` : `${fixes}, for ${name}`
    }
    case 'new-rule':
      return `add to ${change.policy} (${placeText(change.source)}) ${suggestedRuleText(change.opens)}`
    case 'new-policy':
      return `a new NetworkPolicy ${change.namespace}/${change.name}: ${suggestedRuleText(change.opens)}`
    case 'service': {
      const place = change.source === undefined ? '' : ` (${placeText(change.source)})`
      const values = change.values.map(({ key, value }) =>
        value === null ? `leave out ${key}` : `write ${key}: ${value}`,
      )
      return `in Service ${change.name}${place}: ${values.join('; and ')}`
    }
  }
}

/** `egress to app/database, TCP 5432`. */
function suggestedRuleText({ direction, peer, ports, changing = [] }: SuggestedRule): string {
  const what = ports === null ? 'all ports' : ports.map(portText).join(', ')
  const text = `${direction} ${PREPOSITIONS[direction]} ${suggestedPeerText(peer)}, ${what}`
  return changing.length === 0 ? text : `${text} (${changing.map(changingText).join('; ')})`
}

/** `app/web has only the label version=v1, which the next release may change`. */
function changingText({ of, labels }: ChangingLabels): string {
  const written = Object.entries(labels).map(([key, value]) => labelText(key, value))
  return `${of} has only the ${written.length === 1 ? 'label' : 'labels'} ${written.join(', ')}, which the next release may change`
}

function suggestedPeerText(peer: SuggestedRule['peer']): string {
  switch (peer.kind) {
    case 'any':
      return 'anywhere'
    case 'endpoint':
      return peer.id
    case 'endpoints':
      return firstFew(peer.ids, 3)
    case 'nodes':
      return `every client that comes through a node (${firstFew(peer.addresses, 3)})`
    case 'every-pod':
      return `every Pod of namespace ${peer.namespace}`
  }
}

/** `app/frontend -> app/database TCP 5432`. */
export const connectionText = (connection: {
  readonly from: EndpointRef
  readonly to: EndpointRef
  readonly open: Open
}): string => `${endText(connection.from)} -> ${endText(connection.to)} ${openText(connection.open)}`

const endText = ({ id, cidrs }: EndpointRef): string =>
  cidrs === undefined || id === 'internet' ? id : firstFew(cidrs, 3)

/** `Service shop/web gets shop/batch as an endpoint`. */
export const serviceChangeText = (change: {
  readonly service: string
  readonly change: 'gets' | 'loses'
  readonly endpoint: string
}): string => `Service ${change.service} ${change.change} ${change.endpoint} as an endpoint`

/** What a suggestion opens beside what was asked for. */
const alsoOpened = ({ opened }: Suggestion): readonly string[] =>
  opened.filter(({ asked }) => !asked).map(({ message }) => message)

/** What a suggestion does beside what it is for: connections and other changes under their titles. */
export function effectsOf(
  suggestion: Suggestion,
): readonly (readonly [title: string, changes: readonly string[]])[] {
  const { closes, also } = suggestion
  const opens = alsoOpened(suggestion)
  return [
    [opens.length === 0 ? 'this lets in nothing else' : 'this also lets in:', opens],
    ...(closes.length > 0 ? [['and closes:', closes] as const] : []),
    ...(also.length > 0 ? [['besides:', also] as const] : []),
  ]
}

/** A suggestion in a line. */
export function shortSuggestion(suggestion: Suggestion): string {
  const { message, closes, also } = suggestion
  const opens = alsoOpened(suggestion)
  const lets = opens.length === 0 ? 'lets in nothing else' : `also lets in ${connectionsText(opens)}`
  return [message, lets, ...(closes.length > 0 ? [`closes ${connectionsText(closes)}`] : []), ...also].join(
    '; ',
  )
}

const connectionsText = (all: readonly string[]): string =>
  all.length === 1 ? all.join() : counted(all.length, 'connection')
