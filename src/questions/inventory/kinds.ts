import type { ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { wordsFor } from '../../world/kind-names.ts'

/** What can be listed, in kubectl's plurals. */
export const KINDS: readonly ResourceKind[] = [
  'pods',
  'services',
  'namespaces',
  'networkpolicies',
  'ingresses',
]

const NAMES: Readonly<Record<ResourceKind, readonly string[]>> = {
  pods: wordsFor('Pod'),
  services: wordsFor('Service'),
  namespaces: wordsFor('Namespace'),
  networkpolicies: wordsFor('NetworkPolicy'),
  ingresses: wordsFor('Ingress'),
}

/** The kind that a word means, or undefined. */
export const findKind = (typed: string): ResourceKind | undefined =>
  KINDS.find(kind => NAMES[kind].includes(typed.toLowerCase()))

/** The kind that a word means. Throws CannotAnswer for a word that means none. */
export function kindOf(typed: string): ResourceKind {
  const near = nearest(
    typed,
    KINDS.flatMap(kind => NAMES[kind]),
  )
  const meant = near === undefined ? '' : `did you mean \`${near}\`? `
  const help = `${meant}the kinds are: ${KINDS.join(', ')}`
  return findKind(typed) ?? cannotAnswer('UNKNOWN_KIND', `\`${typed}\` is no kind that can be listed`, help)
}
