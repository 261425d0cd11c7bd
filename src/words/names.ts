import type { NameFacts, NameNotFound, NameResolves, NameTarget } from '../report/facts/names.ts'
import { printable } from '../source/printable.ts'
import type { Sentences } from './lists.ts'

export const NAME_SENTENCES: Sentences<NameFacts> = {
  NAME_RESOLVES: nameText,
  NAME_NOT_FOUND: notFoundText,
  UNDETERMINED_NAME: ({ name, searched, hint }) =>
    printable(
      `\`${name}\` is not a name of the cluster, and whether ${searched}, by a search domain of the Pod, exists is unknown`,
    ) + (hint === undefined ? '' : `; ${hintText(hint)}`),
}

function nameText({ name, as, aliases, targets, byHostsFile }: NameResolves): string {
  const meaning = targets.map(targetText).join(', ')
  if (byHostsFile) return `\`${name}\` is ${meaning}, by the Pod's own /etc/hosts`
  const full = as === undefined ? '' : `${as}: `
  const through = aliases.map(({ service, externalName }) => `ExternalName ${service} for ${externalName}: `)
  return `\`${name}\` is ${full}${through.join('')}${meaning}`
}

function targetText(target: NameTarget): string {
  switch (target.kind) {
    case 'Service':
    case 'Pod':
      return `${target.kind} ${target.id}`
    case 'Node':
      return `node ${target.id}`
    case 'API server':
      return 'the Service of the API server'
    case 'outside':
      return 'an address outside the cluster'
    case 'address':
      return target.name
  }
}

export function notFoundText(facts: NameNotFound): string {
  if (facts.why === 'alias')
    return `\`${facts.name}\` is ExternalName ${facts.service} for ${facts.externalName}, which does not resolve`
  const { name, namespace, tried, hint } = facts
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  const others = tried.length === 0 ? '' : ` (tried ${tried.join(', ')})`
  return `${printable(`\`${name}\` does not resolve${where}${others}`)}${hint === undefined ? '' : `; ${hintText(hint)}`}`
}

function hintText(hint: NonNullable<Extract<NameNotFound, { why: 'unknown' }>['hint']>): string {
  switch (hint.kind) {
    case 'spelling':
      return `\`${hint.name}\` would`
    case 'dns-policy':
      return `dnsPolicy ${hint.policy}${hint.hostNetwork ? ' with hostNetwork' : ''} asks the node's DNS servers, which know no names of the cluster`
    case 'node-dns':
      return 'a node asks DNS servers that know no names of the cluster'
    case 'external-name-is-address':
      return `ExternalName ${hint.service} is for the address ${hint.address}, and DNS gives no answer for one`
    case 'is-a-pod':
      return `${hint.pod} is a Pod, and a Pod has no name of its own in DNS: put a Service in front of it, or ask for \`pod/${hint.pod}\``
  }
}
