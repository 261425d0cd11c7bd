import type { SuggestedChange, SuggestedRule } from '../report/facts/suggestion.ts'
import { portText } from '../report/open.ts'
import { fixesText } from './fixes.ts'
import { placeText } from './names.ts'
import { nearMissName } from './policies.ts'

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
      return `add to ${change.policy} (${placeText(change.source)}) ${ruleText(change.opens)}`
    case 'new-policy':
      return `a new NetworkPolicy ${change.namespace}/${change.name}: ${ruleText(change.opens)}`
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
function ruleText({ direction, peer, ports }: SuggestedRule): string {
  const what = ports === null ? 'all ports' : ports.map(portText).join(', ')
  return `${direction === 'egress' ? 'egress to' : 'ingress from'} ${peerText(peer)}, ${what}`
}

function peerText(peer: SuggestedRule['peer']): string {
  switch (peer.kind) {
    case 'any':
      return 'anywhere'
    case 'endpoint':
      return peer.id
    case 'every-pod':
      return `every Pod of namespace ${peer.namespace}`
  }
}
