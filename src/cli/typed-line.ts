import type { CommandSpec, OptionSpec } from './command.ts'
import { joinLabels } from './what-if.ts'

/** A command line that is still being typed. */
export interface TypedLine {
  readonly command: CommandSpec
  /** What was typed so far that belongs to no option. */
  readonly args: readonly string[]
  /** The values of each option, by its long name without dashes. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What the last word is. */
  readonly last:
    | { readonly is: 'option'; readonly typed: string }
    /** `behind` is the value of a `--label` just before it: it may be one of its labels. */
    | { readonly is: 'argument'; readonly typed: string; readonly behind: string | undefined }
    /** `before` is what stands in front of the value in the same word: `--by=`. */
    | { readonly is: 'value'; readonly of: OptionSpec; readonly before: string; readonly typed: string }
}

/** The names of an option: `-f`, `--filename`. */
export const namesOf = ({ flags }: OptionSpec): readonly string[] => flags.match(/(?<!\S)--?[\w-]+/g) ?? []

/** What an option takes: `path` of `--filename <path>`; undefined for a switch. */
export const takes = ({ flags }: OptionSpec): string | undefined => /<(.+)>/.exec(flags)?.[1]

const keyOf = (option: OptionSpec): string => namesOf(option).at(-1)?.replace(/^--/, '') ?? ''

/** Reads the words behind a command's name; the last of them is the one that is being typed. */
export function readLine(command: CommandSpec, words: readonly string[]): TypedLine {
  const { options } = command
  const args: string[] = []
  const values = new Map<string, readonly string[]>()
  const keep = (option: OptionSpec, value: string): void => {
    values.set(keyOf(option), [...(values.get(keyOf(option)) ?? []), value])
  }
  let open: OptionSpec | undefined
  let behind: string | undefined
  let isBehindDashes = false
  for (const word of joinLabels(words.slice(0, -1))) {
    behind = undefined
    if (open !== undefined) {
      keep(open, word)
      if (keyOf(open) === 'label') behind = word
      open = undefined
    } else if (isBehindDashes || !isOption(word)) args.push(word)
    else if (word === '--') isBehindDashes = true
    else {
      const joined = joinedValue(options, word)
      if (joined !== undefined) {
        keep(joined.of, joined.typed)
        if (keyOf(joined.of) === 'label') behind = joined.typed
      } else open = options.find(option => takes(option) !== undefined && namesOf(option).includes(word))
    }
  }
  const typed = words.at(-1) ?? ''
  const line = { command, args, values }
  if (open !== undefined) return { ...line, last: { is: 'value', of: open, before: '', typed } }
  if (isBehindDashes || !typed.startsWith('-')) return { ...line, last: { is: 'argument', typed, behind } }
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
  for (const of of options.filter(option => takes(option) !== undefined))
    for (const name of namesOf(of)) {
      const before = name.startsWith('--') ? `${name}=` : name
      const isLonger = name.startsWith('--') || word.length > name.length
      if (word.startsWith(before) && isLonger) return { of, before, typed: word.slice(before.length) }
    }
  return undefined
}
