import type { UnusedReason } from '../report/facts/documents.ts'

/** Why a document is not used. */
export function unusedText(why: UnusedReason): string {
  switch (why.kind) {
    case 'not-an-object':
      return 'not a Kubernetes object (no apiVersion and kind)'
    case 'template':
      return 'a Helm template: render it first (helm template)'
    case 'part-of-kustomization':
      return `a part of ${why.of}, and no object of its own`
    case 'replaced':
      return 'replaced by a later one'
    case 'replaced-by-applied':
      return `${why.object} is replaced by what is applied`
    case 'created-again':
      return `${why.pod}: ${why.workload} makes another`
    case 'deleted':
      return `${why.object} is deleted`
    case 'without-service':
      return `${why.of} belongs to no Service`
    case 'unknown-workload':
      return `${why.of} (${why.apiVersion}) is not known; the Pods that it makes are missing`
    case 'irrelevant':
      return `${why.of} has no part in the answers`
    case 'not-evaluated':
      return `${why.of} is not evaluated`
  }
}
