import type { KnownBy, Topic } from '../policy/behaviors.ts'
import { knownOf, PROFILES, type Profile } from '../policy/profile.ts'
import type { NetworkPlugin, NetworkPlugins, PluginBehavior } from '../report/plugins.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { helpWithNearest } from '../source/did-you-mean.ts'
import { aliasText, TOPIC_TITLES } from '../words/plugins.ts'

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
  const list = PROFILES.map(({ name }) => name).join(', ')
  const help = helpWithNearest(word, names, `they are: ${list}`)
  cannotAnswer('UNKNOWN_CNI', `\`${typed}\` is no network plugin that netpol knows`, help)
}

/** What a word stands for, unless it is the name of a plugin or another spelling of it. */
export function whatAliasMeans(typed: string): string | undefined {
  const word = typed.toLowerCase()
  for (const { title, aliases } of PROFILES)
    for (const { name, means } of aliases)
      if (name === word && means !== undefined) return aliasText(name, title, means)
  return undefined
}

/** The words for plugins and what each stands for, without other spellings. */
export const pluginNames = (): readonly { readonly name: string; readonly means: string }[] =>
  PROFILES.flatMap(({ name, title, aliases }) =>
    [{ name, means: title }, ...aliases].flatMap(({ name: word, means }) =>
      means === undefined ? [] : [{ name: word, means }],
    ),
  )

/** Whether `get` is asked for `cni`, `cni calico` or `cni/calico`. */
export const asksForPlugins = ([word = '']: readonly string[]): boolean => /^cnis?(\/|$)/i.test(word)

/** The options of `get` that name a plugin, or cannot go with plugins. */
interface PluginOptions {
  readonly cni?: string | undefined
  readonly selector?: string | undefined
  readonly selectedBy?: string | undefined
  readonly selecting?: string | undefined
}

/** What is known of all plugins, or of the one that is named. Throws CannotAnswer for one that is not known. */
export function pluginsReport(
  [word = '', behind]: readonly string[],
  { cni, selector, selectedBy, selecting }: PluginOptions,
): NetworkPlugins {
  if (selector ?? selectedBy ?? selecting)
    cannotAnswer('BAD_OPTION', 'a list of network plugins cannot be narrowed', '`get cni NAME` is about one')
  const typed = word.split('/')[1] ?? behind ?? cni
  return {
    kind: 'NetworkPlugins',
    plugins: (typed === undefined ? PROFILES : [pluginCalled(typed)]).map(pluginOf),
  }
}

/** What is not known has neither a value nor a source. */
interface KnownBehavior {
  readonly is: PluginBehavior['state']
  readonly how?: string
  readonly by?: KnownBy
  readonly note?: string
}

const pluginOf = (profile: Profile): NetworkPlugin => ({
  name: profile.name,
  title: profile.title,
  aliases: profile.aliases.map(({ name, means = null }) => ({ name, means })),
  behaviours: TOPICS.map(topic => {
    const known: KnownBehavior = knownOf(profile, topic)
    const { is: state, how: value = null, by: source = null, note = null } = known
    return { topic, title: TITLES[topic], state, value, source, note }
  }),
})

/** All topics have a title, and there are no others. */
const TITLES: Readonly<Record<Topic, string>> = TOPIC_TITLES

const isTopic = (text: string): text is Topic => Object.hasOwn(TITLES, text)

const TOPICS = Object.keys(TITLES).filter(isTopic)
