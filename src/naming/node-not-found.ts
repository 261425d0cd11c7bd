import { cannotAnswer } from '../source/cannot-answer.ts'
import { didYouMean, nearest } from '../source/did-you-mean.ts'
import type { World } from '../world/world.ts'

/** Throws CannotAnswer for a Node that is not there. */
export function nodeNotFound({ cluster }: World, name: string): never {
  const known = cluster.nodes.map(node => node.name)
  if (known.length === 0)
    cannotAnswer(
      'NO_NODES',
      `\`node/${name}\`: there is no Node in the input`,
      'add the Nodes, name the address of the node; if the API server is meant, write `api-server`',
    )
  const meant = nearest(name, known)
  const nodes = `the Nodes are: ${known.join(', ')}`
  cannotAnswer('NAME_NOT_FOUND', `no Node is called \`${name}\``, didYouMean(meant && `node/${meant}`, nodes))
}
