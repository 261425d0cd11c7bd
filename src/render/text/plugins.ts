import type { NetworkPlugin, NetworkPlugins, PluginBehavior } from '../../report/plugins.ts'
import { groupBy } from '../../sets/group-by.ts'
import { joined } from '../../words/names.ts'
import { EVIDENCE } from '../../words/plugins.ts'
import type { Paper } from '../paper.ts'
import { columnsOf, wrap } from './wrap.ts'

/** `get cni`: for each topic which plugins do what, or all that is known about one plugin. */
export function* pluginsText({ plugins }: NetworkPlugins, paper: Paper): Iterable<string> {
  const [only, ...more] = plugins
  if (only === undefined) return
  if (more.length === 0) {
    yield* onePlugin(only, paper)
    return
  }
  for (const [index, behavior] of only.behaviours.entries()) {
    if (index > 0) yield ''
    yield paper.style.heading(behavior.title)
    yield* byValue(plugins, behavior.topic, paper)
  }
  if (!paper.headers) return
  yield ''
  yield* lines(
    '',
    `--cni takes ${joined(plugins.flatMap(namesOf), 'or')}; \`get cni NAME\` tells more.`,
    0,
    paper,
  )
}

const namesOf = ({ name, aliases }: NetworkPlugin): readonly string[] => [
  name,
  ...aliases.map(alias => alias.name),
]

/** A line for each behavior, with the plugins that have it; with `-o wide` also the notes. */
function* byValue(plugins: readonly NetworkPlugin[], topic: string, paper: Paper): Iterable<string> {
  const known = plugins.flatMap(({ name, behaviours }) => {
    const behavior = behaviours.find(one => one.topic === topic)
    return behavior === undefined || behavior.state === 'not-applicable'
      ? []
      : [{ name, note: behavior.note, value: valueText(behavior) }]
  })
  const groups = groupBy(known, ({ value }) => value)
  const column = Math.max(...[...groups.keys()].map(value => value.length)) + 4
  for (const [value, group] of groups) {
    yield* lines(`  ${value}`.padEnd(column), group.map(({ name }) => name).join(', '), column, paper)
    for (const { name, note } of paper.wide ? group : [])
      if (note !== null) yield* lines(' '.repeat(column), `${name}: ${note}`, column + 2, paper)
  }
}

function* onePlugin(
  { name, title, aliases, behaviours: behaviors }: NetworkPlugin,
  paper: Paper,
): Iterable<string> {
  if (paper.headers) {
    const others = aliases.filter(({ means }) => means === null).map(alias => alias.name)
    const also = others.length === 0 ? '' : `; also ${others.join(', ')}`
    yield paper.style.heading(`${title} (--cni ${name}${also})`)
    for (const alias of aliases)
      if (alias.means !== null) yield* lines('  ', `--cni ${alias.name}: ${alias.means}`, 4, paper)
    yield ''
  }
  const shown = behaviors.filter(({ state }) => state !== 'not-applicable')
  const column = Math.max(...shown.map(behavior => behavior.title.length)) + 2
  for (const behavior of shown) {
    const note = behavior.note === null ? '' : `: ${behavior.note}`
    const known = paper.wide && behavior.source !== null ? ` [${EVIDENCE[behavior.source]}]` : ''
    yield* lines(behavior.title.padEnd(column), `${valueText(behavior)}${note}${known}`, column, paper)
  }
}

function valueText({ state, value }: PluginBehavior): string {
  switch (state) {
    case 'known':
      return value ?? ''
    case 'depends':
      return 'depends'
    case 'not-known':
      return '?'
    case 'not-applicable':
      return '-'
  }
}

const lines = (heading: string, text: string, indent: number, paper: Paper): readonly string[] =>
  wrap(heading, text.split(' '), { width: columnsOf(paper), indent })
