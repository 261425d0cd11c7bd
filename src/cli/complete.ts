import {
  codes,
  findKind,
  formatsFor,
  isPluginQuestion,
  KINDS,
  labelsOf,
  load,
  pluginNames,
  spellings,
  type World,
} from '../index.ts'
import type { CommandSpec } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load-files.ts'
import { type Completes, namesOfOption, type OptionSpec } from './options.ts'
import { withImpliedValues } from './shared-options.ts'
import { joinLabels, LABEL_OPTION, labeledBy } from './what-if.ts'

/** A possible word, and what it means. */
interface CompletionWord {
  readonly text: string
  readonly description: string
  /** No blank follows. */
  readonly isOpen?: true
}

/** Undefined for names of files, which the shell completes. */
type Completions = readonly CompletionWord[] | undefined

/**
 * Prints how the last word of a command line can be completed, as kubectl does: on each line a word and its description with
 * a tab between them, and at the end `:0` for file names, `:4` for none, and `:6` if besides no space follows the word.
 * Errors are not printed while a line is being typed.
 */
export async function complete(
  typed: readonly string[],
  commands: readonly CommandSpec[],
  io: Io,
): Promise<void> {
  const words = await completionsFor(typed, commands, io).catch(() => [])
  for (const { text, description } of words ?? [])
    if (IS_PLAIN.test(text)) io.out(description === '' ? `${text}\n` : `${text}\t${description}\n`)
  if (words === undefined) io.out(':0\n')
  else io.out(words.length > 0 && words.every(({ isOpen }) => isOpen) ? ':6\n' : ':4\n')
}

/** Words that need no quotes in any shell. */
const IS_PLAIN = /^[\w./=~-]+$/

async function completionsFor(
  [name = '', ...rest]: readonly string[],
  commands: readonly CommandSpec[],
  io: Io,
): Promise<Completions> {
  if (rest.length === 0)
    return startingWith(name, [
      ...commands.map(({ name: text, summary }) => ({ text, description: summary })),
      { text: 'help', description: 'what a command does, and its options' },
    ])
  if (name === 'help') return completionsFor(rest.slice(-1), commands, io)
  const command = commands.find(one => one.name === name)
  if (command === undefined) return []
  const line = readLine(command, rest)
  const { last } = line
  switch (last.is) {
    case 'option':
      return startingWith(last.typed, optionWords(command))
    case 'value': {
      const values = await valuesOf(last.of, line, io)
      return values?.map(({ text, ...word }) => ({ ...word, text: `${last.before}${text}` }))
    }
    case 'argument': {
      const labels = last.labeled === undefined ? undefined : labelsFor(last.labeled, line, io)
      const argument = command.arguments[line.args.length]
      if (labels?.isWanted || argument === undefined) return labels?.words ?? []
      const values = await valuesOf(argument, line, io)
      return values && [...(labels?.words ?? []), ...values]
    }
  }
}

const startingWith = (typed: string, words: readonly CompletionWord[]): readonly CompletionWord[] =>
  words.filter(({ text }) => text.startsWith(typed))

/** The long names, and the short ones of those that have one. */
const optionWords = ({ options }: CommandSpec): readonly CompletionWord[] =>
  [...options, { short: '-h', long: '--help', description: 'how the command is used' }].flatMap(option =>
    namesOfOption(option)
      .map(text => ({ text, description: option.description }))
      .reverse(),
  )

/** What an argument or an option can be. */
async function valuesOf(
  { choices, completes }: { readonly choices?: readonly string[]; readonly completes?: Completes },
  line: TypedLine,
  io: Io,
): Promise<Completions> {
  const { typed } = line.last
  const plain = (texts: readonly string[]): Completions =>
    startingWith(
      typed,
      texts.map(text => ({ text, description: '' })),
    )
  if (choices !== undefined) return plain(choices)
  if (completes === undefined) return []
  switch (completes) {
    case 'file':
      return undefined
    case 'format':
      return plain(formatsFor(line.command.kind))
    case 'protocol':
      return plain(['tcp', 'udp', 'sctp', 'icmp'])
    case 'kind':
      return plain(KINDS)
    case 'kind or cni':
      return plain([...KINDS, 'cni'])
    case 'plugin':
      return pluginsLike(typed)
    case 'code':
      return (await codes(typed)).map(({ code, meaning }) => ({ text: code, description: meaning }))
    case 'name of that kind': {
      const [kind = ''] = line.args
      if (line.command.name === 'get' && isPluginQuestion({ kind })) return pluginsLike(typed)
      return namesFor(findKind(kind), line, io)
    }
    case 'source':
    case 'destination':
    case 'pod':
    case 'policy':
    case 'namespaces':
    case 'object':
      return namesFor(completes, line, io)
  }
}

const pluginsLike = (typed: string): readonly CompletionWord[] =>
  startingWith(
    typed,
    pluginNames().map(({ name, means }) => ({ text: name, description: means })),
  )

/** The labels that the object of a `--label` has; `isWanted` if nothing else can follow. */
function labelsFor(
  labeled: string,
  line: TypedLine,
  io: Io,
): { readonly words: readonly CompletionWord[]; readonly isWanted: boolean } {
  const { object, changes } = labeledBy(labeled)
  const keys = labelsOf(worldOfLine(line, io), object, namespaceOfLine(line))
  const words = keys.map(key => ({
    text: `${key}=`,
    description: `a label of ${object}`,
    isOpen: true as const,
  }))
  return { words: startingWith(line.last.typed, words), isWanted: changes.length === 0 }
}

const namespaceOfLine = ({ values }: TypedLine): string => values.get('--namespace')?.at(-1) ?? 'default'

function namesFor(
  wanted: Parameters<typeof spellings>[1] | undefined,
  line: TypedLine,
  io: Io,
): readonly CompletionWord[] {
  if (wanted === undefined) return []
  const asked = { typed: line.last.typed, namespace: namespaceOfLine(line) }
  return spellings(worldOfLine(line, io), wanted, asked).map(({ text, kind }) => ({
    text,
    description: kind,
  }))
}

/** The readable files, those of `--apply` included. Standard input is not read. */
function worldOfLine({ values }: TypedLine, io: Io): World {
  const namespace = values.get('--namespace')?.at(-1)
  const paths = [...(values.get('--filename') ?? ['.']), ...(values.get('--apply') ?? [])]
  const files = paths.filter(path => path !== '-')
  return load(loadFiles(io, files, !values.has('--no-recursive')).files, { namespace, skipInvalid: true })
}

/** A command line that is still being typed. */
interface TypedLine {
  readonly command: CommandSpec
  /** What was typed so far that belongs to no option. */
  readonly args: readonly string[]
  /** The values of each option, by its long name. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What the last word is. */
  readonly last:
    | { readonly is: 'option'; readonly typed: string }
    /** `labeled` is the value of a `--label` just before it: it may be one of its labels. */
    | { readonly is: 'argument'; readonly typed: string; readonly labeled: string | undefined }
    /** `before` precedes the value in the same word: `--by=`. */
    | { readonly is: 'value'; readonly of: OptionSpec; readonly before: string; readonly typed: string }
}

/** Reads the words after a command's name; the last of them is being typed. */
function readLine(command: CommandSpec, words: readonly string[]): TypedLine {
  const { options } = command
  const args: string[] = []
  const values = new Map<string, readonly string[]>()
  let open: OptionSpec | undefined
  let labeled: string | undefined
  let isAfterDashes = false
  const keep = (option: OptionSpec, value: string): void => {
    values.set(option.long, [...(values.get(option.long) ?? []), value])
    if (option.long === LABEL_OPTION.long) labeled = value
  }
  for (const word of withImpliedValues(joinLabels(words.slice(0, -1)))) {
    labeled = undefined
    if (open !== undefined) {
      keep(open, word)
      open = undefined
    } else if (isAfterDashes || !isOption(word)) args.push(word)
    else if (word === '--') isAfterDashes = true
    else {
      const joined = joinedValue(options, word)
      if (joined !== undefined) keep(joined.of, joined.typed)
      else open = options.find(option => option.value !== undefined && namesOfOption(option).includes(word))
    }
  }
  const typed = words.at(-1) ?? ''
  const line = { command, args, values }
  if (open !== undefined) return { ...line, last: { is: 'value', of: open, before: '', typed } }
  if (isAfterDashes || !typed.startsWith('-')) return { ...line, last: { is: 'argument', typed, labeled } }
  const joined = joinedValue(options, typed)
  return { ...line, last: joined === undefined ? { is: 'option', typed } : { is: 'value', ...joined } }
}

/** A dash alone is standard input. */
const isOption = (word: string): boolean => word.startsWith('-') && word !== '-'

/** `--by=pod` and `-nshop`: an option and its value in one word. */
function joinedValue(
  options: readonly OptionSpec[],
  word: string,
): { readonly of: OptionSpec; readonly before: string; readonly typed: string } | undefined {
  for (const of of options.filter(({ value }) => value !== undefined))
    for (const name of namesOfOption(of)) {
      const before = name.startsWith('--') ? `${name}=` : name
      const isLonger = name.startsWith('--') || word.length > name.length
      if (word.startsWith(before) && isLonger) return { of, before, typed: word.slice(before.length) }
    }
  return undefined
}
