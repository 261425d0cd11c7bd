import { families } from '../index.ts'
import { type Spelling, spellings, type Wanted } from '../naming/spellings.ts'
import { findCodes } from '../questions/codes.ts'
import { findKind, KINDS } from '../questions/inventory/asked.ts'
import { isPluginQuestion, pluginNames } from '../questions/plugins.ts'
import type { Entry } from '../report/codes/page.ts'
import { objectCalled } from '../world/edit/find.ts'
import { labelKeys } from '../world/edit/label.ts'
import { buildWorld, type World } from '../world/world.ts'
import type { CommandSpec } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'
import { namesOf, readLine, type TypedLine, takes } from './typed-line.ts'
import { labeledBy } from './what-if.ts'

/** How a word can go on, and what that means. */
interface Word {
  readonly text: string
  readonly description: string
}

/** Undefined where a shell knows best: the names of files. */
type Words = readonly Word[] | undefined

/**
 * Prints how the last word of a command line can go on, in the way of kubectl: a word and what it means on each line,
 * with a tab between the two, and in the end `:0` where file names go here, `:4` where they do not, and `:6` where what is
 * offered goes on without a blank. Says nothing of what is wrong, because nobody wants to read that while typing.
 */
export async function complete(
  typed: readonly string[],
  commands: readonly CommandSpec[],
  io: Io,
): Promise<void> {
  const words = await wordsFor(typed, commands, io).catch(() => [])
  for (const { text, description } of words ?? [])
    if (IS_PLAIN.test(text)) io.out(description === '' ? `${text}\n` : `${text}\t${description}\n`)
  const goesOn = words?.length !== 0 && words?.every(({ text }) => text.endsWith('='))
  io.out(words === undefined ? ':0\n' : goesOn ? ':6\n' : ':4\n')
}

/** What no shell takes for anything but a word. */
const IS_PLAIN = /^[\w./=~-]+$/

async function wordsFor(
  [name = '', ...rest]: readonly string[],
  commands: readonly CommandSpec[],
  io: Io,
): Promise<Words> {
  if (rest.length === 0)
    return startingWith(name, [
      ...commands.map(({ name: text, summary }) => ({ text, description: summary })),
      { text: 'help', description: 'what a command does, and its options' },
    ])
  if (name === 'help') return wordsFor(rest.slice(-1), commands, io)
  const command = commands.find(one => one.name === name)
  if (command === undefined) return []
  const line = readLine(command, rest)
  const { last } = line
  switch (last.is) {
    case 'option':
      return startingWith(last.typed, optionsOf(command))
    case 'value': {
      const values = await valuesOf(takes(last.of) ?? '', last.of.choices, line, io)
      return values?.map(({ text, ...word }) => ({ ...word, text: `${last.before}${text}` }))
    }
    case 'argument': {
      const labels = last.behind === undefined ? undefined : labelsFor(last.behind, line, io)
      const argument = command.arguments[line.args.length]
      if (labels?.isWanted || argument === undefined) return labels?.words ?? []
      const values = await valuesOf(argument.name, argument.choices, line, io)
      return values && [...(labels?.words ?? []), ...values]
    }
  }
}

const startingWith = (typed: string, words: readonly Word[]): readonly Word[] =>
  words.filter(({ text }) => text.startsWith(typed))

/** The long names, and the short ones of those that have one. */
const optionsOf = ({ options }: CommandSpec): readonly Word[] =>
  [...options, { flags: '-h, --help', description: 'how the command is used' }].flatMap(option =>
    namesOf(option)
      .map(text => ({ text, description: option.description }))
      .reverse(),
  )

const codesLike = async (typed: string): Promise<readonly Entry[]> => findCodes(await families(), typed)

/** What an argument or an option can be, by what the help calls it. */
async function valuesOf(
  placeholder: string,
  choices: readonly string[] | undefined,
  line: TypedLine,
  io: Io,
): Promise<Words> {
  const { last } = line
  const of = (texts: readonly string[]): Words =>
    startingWith(
      last.typed,
      texts.map(text => ({ text, description: '' })),
    )
  if (choices !== undefined) return of(choices)
  switch (placeholder) {
    case 'path':
      return undefined
    case 'form':
      return of([
        'text',
        'wide',
        'json',
        'yaml',
        'markdown',
        ...(line.command.name === 'matrix' ? ['csv'] : []),
      ])
    case 'protocol':
      return of(['tcp', 'udp', 'sctp'])
    case 'kind':
      return of(line.command.name === 'get' ? [...KINDS, 'cni'] : KINDS)
    case 'plugin':
      return pluginsLike(last.typed)
    case 'code':
      return (await codesLike(last.typed)).map(({ code, meaning }) => ({ text: code, description: meaning }))
    case 'name':
      if (line.command.name === 'get' && isPluginQuestion(line.args)) return pluginsLike(last.typed)
      return namesFor(findKind(line.args[0] ?? ''), line, io)
    default:
      return namesFor(WANTED[placeholder], line, io)
  }
}

const pluginsLike = (typed: string): readonly Word[] =>
  startingWith(
    typed,
    pluginNames().map(({ name, means }) => ({ text: name, description: means })),
  )

/** The labels that the object of a `--label` has; `isWanted` where nothing else can stand here. */
function labelsFor(
  behind: string,
  line: TypedLine,
  io: Io,
): { readonly words: readonly Word[]; readonly isWanted: boolean } {
  const { object, isChanged } = labeledBy(behind)
  const world = worldOf(line, io)
  const keys = labelKeys(world, objectCalled(world, object, namespaceOf(line)))
  const words = keys.map(key => ({ text: `${key}=`, description: `a label of ${object}` }))
  return { words: startingWith(line.last.typed, words), isWanted: !isChanged }
}

const WANTED: Readonly<Record<string, Wanted>> = {
  from: 'source',
  to: 'destination',
  end: 'destination',
  pod: 'pod',
  policy: 'policy',
  namespace: 'namespaces',
  'kind/name': 'object',
  'kind/name key=value': 'object',
}

const namespaceOf = ({ values }: TypedLine): string => values.get('namespace')?.at(-1) ?? 'default'

function namesFor(wanted: Wanted | undefined, line: TypedLine, io: Io): readonly Word[] {
  if (wanted === undefined) return []
  const asked = { typed: line.last.typed, namespace: namespaceOf(line) }
  const found = spellings(worldOf(line, io), wanted, asked)
  return found.map(({ text, kind }: Spelling) => ({ text, description: kind }))
}

/** What of the files can be read, also of those that are to be applied. Standard input is left to who waits for it. */
function worldOf({ values }: TypedLine, io: Io): World {
  const paths = [...(values.get('filename') ?? ['.']), ...(values.get('apply') ?? [])]
  const files = paths.filter(path => path !== '-')
  return buildWorld(loadFiles(io, files, !values.has('no-recursive')).files)
}
