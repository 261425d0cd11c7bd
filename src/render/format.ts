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

type Shown = readonly [output: Output, paper: Paper, layout: Layout]

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
      readonly only?: OutputKind
      /** Undefined for an answer of another kind. */
      readonly lines: (...shown: Shown) => Lines | undefined
    }

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
    {
      medium: 'document',
      only: 'Matrix',
      lines: (output, { headers }) =>
        output.kind === 'Matrix'
          ? import('./csv.ts').then(({ matrixCsv }) => matrixCsv(output, headers))
          : undefined,
    },
  ],
])

/** The formats that answers of a kind have, `text` first. */
export const formatsFor = (kind: OutputKind): readonly string[] =>
  [...FORMATS].flatMap(([format, { only = kind }]) => (only === kind ? format : []))

/** Whether colors mean something in a format. */
export const hasColors = (format: string): boolean => FORMATS.get(format)?.medium === 'terminal'

/** Whether a format is an answer as data, whatever the answer. */
export const isData = (format: string): boolean => FORMATS.get(format)?.medium === 'data'

/** An answer in a format; undefined for an unknown format, and for one that such an answer does not have. */
export const linesOf = (format: string, ...shown: Shown): Lines | undefined =>
  FORMATS.get(format)?.lines(...shown)
