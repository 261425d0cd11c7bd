import type { NetworkPlugin, NetworkPlugins, PluginBehavior } from '../../report/plugins.ts'
import { groupBy } from '../../sets/group-by.ts'
import { joined } from '../../words/lists.ts'
import { EVIDENCE } from '../../words/plugins.ts'
import type { Paper } from '../paper.ts'
import { columnsOf, widthOf, wrapAfter, wrapText } from './wrap.ts'

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
  const names = joined(plugins.flatMap(namesOf), 'or')
  yield* wrapText(`--cni takes ${names}; \`get cni NAME\` tells more.`, columnsOf(paper))
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
  const column = widthOf([...groups.keys()]) + 4
  const width = columnsOf(paper)
  for (const [value, group] of groups) {
    yield* wrapAfter(`  ${value}`.padEnd(column), group.map(({ name }) => name).join(', '), column, width)
    for (const { name, note } of paper.wide ? group : [])
      if (note !== null) yield* wrapAfter(' '.repeat(column), `${name}: ${note}`, column + 2, width)
  }
}

function* onePlugin(
  { name, title, aliases, behaviours: behaviors }: NetworkPlugin,
  paper: Paper,
): Iterable<string> {
  const width = columnsOf(paper)
  if (paper.headers) {
    const others = aliases.filter(({ means }) => means === null).map(alias => alias.name)
    const also = others.length === 0 ? '' : `; also ${others.join(', ')}`
    yield paper.style.heading(`${title} (--cni ${name}${also})`)
    for (const alias of aliases)
      if (alias.means !== null) yield* wrapAfter('  ', `--cni ${alias.name}: ${alias.means}`, 4, width)
    yield ''
  }
  const shown = behaviors.filter(({ state }) => state !== 'not-applicable')
  const column = widthOf(shown.map(({ title }) => title)) + 2
  for (const behavior of shown) {
    const note = behavior.note === null ? '' : `: ${behavior.note}`
    const known = paper.wide && behavior.source !== null ? ` [${EVIDENCE[behavior.source]}]` : ''
    yield* wrapAfter(behavior.title.padEnd(column), `${valueText(behavior)}${note}${known}`, column, width)
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
