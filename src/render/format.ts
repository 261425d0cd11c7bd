import type { Output } from '../report/views.ts'
import { json, yaml } from './data.ts'
import type { Layout, Paper } from './paper.ts'
import { textLines } from './text/text.ts'

/*
 * The formats of `-o`: a file and a row of the table for each.
 */

/** The kind of an answer. */
export type OutputKind = Output['kind']

/** Lines without line breaks, made while iterating; a promise where a package has to be loaded first. */
type Lines = Iterable<string> | Promise<Iterable<string>>

type Shown<O extends Output = Output> = readonly [output: O, paper: Paper, layout: Layout]

type Format =
  /** For a terminal, where colors mean something, or for programs: every kind of answer has it, so that errors have it too. */
  | {
      readonly medium: 'terminal' | 'data'
      readonly only?: never
      readonly lines: (...shown: Shown) => Lines
    }
  | {
      readonly medium: 'document'
      /** The only kind of answer that has it; absent where all have. */
      readonly only?: OnlyFor
      /** Undefined for an answer of another kind. */
      readonly lines: (...shown: Shown) => Lines | undefined
    }

interface OnlyFor {
  readonly kind: OutputKind
  /** What is said where it is wanted of an answer of another kind. */
  readonly refusal: string
}

/** A document for answers of one kind. */
const documentOf = <K extends OutputKind>(
  kind: K,
  refusal: string,
  lines: (...shown: Shown<Extract<Output, { readonly kind: K }>>) => Lines,
): Format => ({
  medium: 'document',
  only: { kind, refusal },
  lines: (output, ...rest) => (isOf(kind, output) ? lines(output, ...rest) : undefined),
})

const isOf = <K extends OutputKind>(
  kind: K,
  output: Output,
): output is Extract<Output, { readonly kind: K }> => output.kind === kind

/** A map, because a record has inherited properties, which a typed format could name. What is seldom asked for is loaded on demand. */
const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['text', { medium: 'terminal', lines: textLines }],
  [
    'wide',
    {
      medium: 'terminal',
      lines: (output, paper, layout) => textLines(output, { ...paper, wide: true }, layout),
    },
  ],
  ['json', { medium: 'data', lines: json }],
  ['yaml', { medium: 'data', lines: yaml }],
  [
    'markdown',
    {
      medium: 'document',
      lines: async (...shown) => (await import('./markdown.ts')).markdown(...shown),
    },
  ],
  [
    'csv',
    documentOf('Matrix', 'only a matrix can be given as CSV', async (matrix, { headers }) =>
      (await import('./csv.ts')).matrixCsv(matrix, headers),
    ),
  ],
])

/** The formats that answers of a kind have, `text` first. */
export const formatsFor = (kind: OutputKind): readonly string[] =>
  [...FORMATS].flatMap(([format, { only }]) => (only === undefined || only.kind === kind ? format : []))

/** What is said of a format that an answer does not have; undefined for one that there is not. */
export const refusalOf = (format: string): string | undefined => FORMATS.get(format)?.only?.refusal

/** Whether colors mean something in a format. */
export const hasColors = (format: string): boolean => FORMATS.get(format)?.medium === 'terminal'

/** Whether a format is an answer as data, whatever the answer. */
export const isData = (format: string): boolean => FORMATS.get(format)?.medium === 'data'

/** An answer in a format; undefined for an unknown format, and for one that such an answer does not have. */
export const linesOf = (format: string, ...shown: Shown): Lines | undefined =>
  FORMATS.get(format)?.lines(...shown)
