import type { Output } from '../report/views.ts'
import { json, yaml } from './data.ts'
import type { Layout, Paper } from './paper.ts'
import { text } from './text/text.ts'

/*
 * The formats of `-o`: a file and a line of the table for each. The line says for which kinds of answers it is.
 */

/** The kind of an answer. */
export type OutputKind = Output['kind']

/** Lines without line breaks, made while iterating; a promise where a package has to be loaded first. */
type Lines = Iterable<string> | Promise<Iterable<string>>

type Shown = readonly [output: Output, paper: Paper, layout: Layout]

type Medium = 'terminal' | 'data' | 'document'

interface Row {
  readonly isFor: (kind: OutputKind) => boolean
  /** Colors mean something on a terminal; data is for programs. */
  readonly medium: Medium
  /** Undefined for an answer of another kind. */
  readonly lines: (...shown: Shown) => Lines | undefined
}

const all = (medium: Medium, lines: (...shown: Shown) => Lines): Row => ({
  isFor: () => true,
  medium,
  lines,
})

function only<K extends OutputKind>(
  kind: K,
  lines: (answer: Extract<Output, { kind: K }>, paper: Paper) => Lines,
): Row {
  const isOne = (output: Output): output is Extract<Output, { kind: K }> => output.kind === kind
  return {
    isFor: other => other === kind,
    medium: 'document',
    lines: (answer, paper) => (isOne(answer) ? lines(answer, paper) : undefined),
  }
}

// Formats that are seldom asked for are loaded on demand.
const TABLE: Readonly<Record<string, Row>> = {
  text: all('terminal', text),
  wide: all('terminal', (answer, paper, layout) => text(answer, { ...paper, wide: true }, layout)),
  json: all('data', json),
  yaml: all('data', yaml),
  markdown: all('document', async (...shown) => (await import('./markdown.ts')).markdown(...shown)),
  csv: only('Matrix', async (matrix, { headers }) => (await import('./csv.ts')).matrixCsv(matrix, headers)),
}

/** A map, because every record has inherited properties that a typed format could name. */
const FORMATS: ReadonlyMap<string, Row> = new Map(Object.entries(TABLE))

/** The formats that answers of a kind have, `text` first. */
export const formatsFor = (kind: OutputKind): readonly string[] =>
  [...FORMATS].flatMap(([format, { isFor }]) => (isFor(kind) ? format : []))

/** Whether colors mean something in a format. */
export const hasColors = (format: string): boolean => FORMATS.get(format)?.medium === 'terminal'

/** Whether a format is an answer as data, whatever the answer. */
export const isData = (format: string): boolean => FORMATS.get(format)?.medium === 'data'

/** An answer in a format; undefined for an unknown format, and for one that such an answer does not have. */
export const linesOf = (format: string, ...shown: Shown): Lines | undefined =>
  FORMATS.get(format)?.lines(...shown)
