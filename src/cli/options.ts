/** What a value or an argument is, for completion. */
export type Completes =
  | 'file'
  | 'format'
  | 'protocol'
  | 'plugin'
  | 'code'
  | 'kind'
  | 'kind or cni'
  | 'name of that kind'
  | 'source'
  | 'destination'
  | 'pod'
  | 'policy'
  | 'namespaces'
  | 'object'

/** One option, as data: `-f, --filename <path>`. */
export interface OptionSpec {
  readonly short?: string
  /** With the dashes. */
  readonly long: string
  /** What help calls the value that it takes; absent for a switch. */
  readonly value?: string
  /** Its value where none is given: as with kubectl, one is given behind `=` only, and never as the next word. */
  readonly implied?: string
  readonly description: string
  readonly choices?: readonly string[]
  readonly completes?: Completes
  /** What help calls the default. */
  readonly absent?: string
}

/** A value that is set by one option or several. */
export interface Setting<Value> {
  readonly options: readonly OptionSpec[]
  readonly reader: () => {
    /** Called for each of them that is typed, in order. Throws for an invalid value. */
    readonly take: (option: OptionSpec, value: string) => void
    readonly value: () => Value
  }
}

export type Settings = Readonly<Record<string, Setting<unknown>>>

export type ValuesOf<S extends Settings> = {
  readonly [Key in keyof S]: S[Key] extends Setting<infer Value> ? Value : never
}

/** `absent` is the value without any option, and `next` the value after one more option. */
export const setting = <Value>(
  options: readonly OptionSpec[],
  absent: Value,
  next: (value: string, before: Value, option: OptionSpec) => Value,
): Setting<Value> => ({
  options,
  reader: () => {
    let said = absent
    return {
      take: (option, value) => {
        said = next(value, said, option)
      },
      value: () => said,
    }
  },
})

export const textOption = (option: OptionSpec): Setting<string | undefined> =>
  setting<string | undefined>([option], undefined, value => value)

export const flagOption = (option: OptionSpec): Setting<boolean> => setting([option], false, () => true)

/** True unless it is typed. */
export const negatedFlag = (option: OptionSpec): Setting<boolean> => setting([option], true, () => false)

/** For an option that may not be given with two values. */
export const onceOption = (option: OptionSpec): Setting<string | undefined> =>
  setting<string | undefined>([option], undefined, (value, before) => {
    if (before !== undefined && before !== value)
      refuseValue(`It is given twice, as ${before} before: ask for one at a time.`)
    return value
  })

export const choiceOption = <Value extends string>(
  option: OptionSpec,
  choices: readonly Value[],
): Setting<Value | undefined> =>
  setting<Value | undefined>([{ ...option, choices }], undefined, value => choices.find(one => one === value))

/** Throws for an invalid value; the parser names the option. */
export function refuseValue(message: string): never {
  // By this code commander knows the error; completion reads options without commander.
  throw Object.assign(new Error(message), { code: 'commander.invalidArgument' })
}

/** An option by all its names: `-f`, `--filename`. */
export const namesOfOption = ({ short, long }: OptionSpec): readonly string[] =>
  short === undefined ? [long] : [short, long]
