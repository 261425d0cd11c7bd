import { type CommonTopic, knownOf } from '../policy/common-behaviors.ts'
import type { Cell, Evidence, Profile, Topic } from '../policy/profile.ts'
import { PROFILES } from '../policy/profiles.ts'
import type { NetworkPlugin, NetworkPlugins, PluginBehavior } from '../report/plugins.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { nearest } from '../source/did-you-mean.ts'

/*
 * The network plugins that `--cni` knows, and what is known of them.
 */

/**
 * The plugin of `--cni`. Throws CannotAnswer for one that is not known.
 * @internal
 */
export function pluginCalled(typed: string): Profile {
  const word = typed.toLowerCase()
  const found = PROFILES.find(
    ({ name, aliases }) => name === word || aliases.some(alias => alias.name === word),
  )
  if (found !== undefined) return found
  const names = PROFILES.flatMap(({ name, aliases }) => [name, ...aliases.map(alias => alias.name)])
  const near = nearest(word, names)
  const meant = near === undefined ? '' : `did you mean \`${near}\`? `
  const list = PROFILES.map(({ name }) => name).join(', ')
  return cannotAnswer(
    'UNKNOWN_CNI',
    `\`${typed}\` is no network plugin that netpol knows`,
    `${meant}they are: ${list}`,
  )
}

/** What a word stands for that is not just another spelling of a plugin's name. */
export function whatAliasMeans(typed: string): string | undefined {
  const word = typed.toLowerCase()
  for (const { title, aliases } of PROFILES)
    for (const { name, means } of aliases)
      if (name === word && means !== undefined) return `--cni ${name} is taken as ${title}: ${means}`
  return undefined
}

/** The words for plugins, and what each stands for; not those that are just another spelling. */
export const pluginNames = (): readonly { readonly name: string; readonly means: string }[] =>
  PROFILES.flatMap(({ name, title, aliases }) => [
    { name, means: title },
    ...aliases.flatMap(({ name: word, means }) => (means === undefined ? [] : [{ name: word, means }])),
  ])

const WORDS: readonly string[] = ['cni', 'cnis']

/** Whether `get` is asked for `cni`, `cni calico` or `cni/calico`. */
export const isPluginQuestion = ([word = '']: readonly string[]): boolean =>
  WORDS.includes(word.split('/')[0]?.toLowerCase() ?? '')

/** What of the flags of `get` has to do with plugins, or would be of no use. */
export interface PluginQuestion {
  readonly cni: string | undefined
  readonly selector: string | undefined
  readonly selectedBy: string | undefined
  readonly selecting: string | undefined
}

/** What is known of all plugins, or of the one that is named. Throws CannotAnswer for one that is not known. */
export function networkPlugins(
  [word = '', behind]: readonly string[],
  { cni, selector, selectedBy, selecting }: PluginQuestion,
): NetworkPlugins {
  if (selector ?? selectedBy ?? selecting)
    cannotAnswer('BAD_OPTION', 'a list of network plugins cannot be narrowed', '`get cni NAME` is about one')
  const typed = word.split('/')[1] ?? behind ?? cni
  return {
    kind: 'NetworkPlugins',
    plugins: (typed === undefined ? PROFILES : [pluginCalled(typed)]).map(pluginOf),
  }
}

function pluginOf(profile: Profile): NetworkPlugin {
  const { name, title, aliases } = profile
  return {
    name,
    title,
    aliases: aliases.map(alias => ({ name: alias.name, means: alias.means ?? null })),
    behaviours: TOPICS.map(([topic, title]) => behaviorOf(topic, title, knownOf(profile, topic))),
  }
}

function behaviorOf(topic: Topic | CommonTopic, title: string, cell: Cell<string>): PluginBehavior {
  switch (cell.is) {
    case 'known':
      return {
        topic,
        title,
        state: 'known',
        value: cell.how,
        source: SOURCES[cell.by],
        note: cell.note ?? null,
      }
    case 'depends':
      return { topic, title, state: 'depends', value: null, source: SOURCES[cell.by], note: cell.note }
    case 'not known':
      return { topic, title, state: 'not-known', value: null, source: null, note: null }
    case 'nothing':
      return { topic, title, state: 'not-applicable', value: null, source: null, note: null }
  }
}

const SOURCES: Readonly<Record<Evidence, NonNullable<PluginBehavior['source']>>> = {
  code: 'code',
  documentation: 'documentation',
  issue: 'issue',
  'common knowledge': 'common-knowledge',
}

/** The topics in words, in the order in which they are shown. */
const TOPICS: readonly (readonly [Topic | CommonTopic, string])[] = [
  ['enforces', 'enforces NetworkPolicies'],
  ['ipBlockOfPods', 'ipBlock matches Pods'],
  ['ipBlockOfNodes', 'ipBlock matches nodes'],
  ['ipBlockOfServices', 'ipBlock matches ClusterIPs'],
  ['fromOwnNode', 'from the own node to a Pod'],
  ['toOwnNode', 'from a Pod to its own node'],
  ['hostNetwork', 'a hostNetwork Pod counts as'],
  ['rewrittenByOwnNode', 'a client that the own node rewrites'],
  ['selfThroughService', 'a Pod to itself, by a Service'],
  ['icmp', 'ICMP passes isolation'],
  ['sctp', 'SCTP'],
  ['namedPorts', 'named ports'],
  ['sidecarPorts', 'named ports of sidecars'],
  ['endPort', 'endPort'],
  ['bothSelectors', 'both selectors in one peer'],
  ['established', 'established connections, on a change'],
]
