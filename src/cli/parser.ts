import { type Command, Option } from 'commander'
import type { OptionSpec, Settings, ValuesOf } from './options.ts'

/** What reads a command line. */
export type Parser = Command

/** Puts options into a parser; what comes back says what was typed, once it has parsed. */
export function addOptions<S extends Settings>(parser: Parser, settings: S): () => ValuesOf<S> {
  const readers = Object.entries(settings).map(([key, { options, reader }]) => {
    const { take, value } = reader()
    for (const option of options) addOption(parser, option, typed => take(option, typed))
    return { key, value }
  })
  // Each key has what its own setting says.
  return () => Object.fromEntries(readers.map(({ key, value }) => [key, value()])) as ValuesOf<S>
}

function addOption(parser: Parser, spec: OptionSpec, take: (value: string) => void): void {
  const { short, long, value, description, choices, absent } = spec
  const names = short === undefined ? long : `${short}, ${long}`
  const option = new Option(value === undefined ? names : `${names} <${value}>`, description)
  if (absent !== undefined) option.default('', absent)
  if (value === undefined) parser.on(`option:${option.name()}`, () => take(''))
  else {
    if (choices !== undefined) option.choices([...choices])
    const check = option.parseArg
    option.argParser(typed => {
      check?.(typed, undefined)
      take(typed)
    })
  }
  parser.addOption(option)
}
