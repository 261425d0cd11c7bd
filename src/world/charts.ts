import type { Creator } from '../model/kinds/custom/creators.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { SourceFile } from '../source/file.ts'
import { normalized } from '../source/file-path.ts'
import { isAllMade, mayMakePolicy } from '../source/read/template.ts'

/*
 * Helm charts among the files: nobody has rendered them. Their files are known by where they are, and are not read as YAML, which
 * templates are not.
 */

/** A chart that is not rendered. */
export interface Chart {
  readonly file: SourceFile
  readonly name: string
  /** Its folder, as in the paths of the files; empty for the one that they start from. */
  readonly folder: string
}

/** What a file is to the chart that it is in. */
export interface PartOfChart {
  readonly chart: Chart
  /** A template, or something else that is no object, such as values. */
  readonly isTemplate: boolean
  readonly mayBePolicy: boolean
}

/** The files that belong to charts; what else is in the folder of one, such as CRDs, is read as other files are. */
export function chartsAmong(files: readonly SourceFile[]): ReadonlyMap<SourceFile, PartOfChart> {
  const charts = new Map<string, Chart>()
  for (const file of files) {
    const chart = chartIn(file)
    if (chart !== undefined) charts.set(chart.folder, chart)
  }
  const parts = new Map<SourceFile, PartOfChart>()
  if (charts.size === 0) return parts
  for (const file of files) {
    const part = file.isNamed ? undefined : partOf(file, charts)
    if (part !== undefined) parts.set(file, part)
  }
  return parts
}

const CHART = /^(.*\/)?Chart\.ya?ml$/

function chartIn(file: SourceFile): Chart | undefined {
  const folder = CHART.exec(normalized(file.path))
  if (folder === null || !/^version:/m.test(file.text)) return undefined
  const name = /^name:[ \t]*["']?([\w.-]+)/m.exec(file.text)?.[1]
  return name === undefined ? undefined : { file, name, folder: (folder[1] ?? '').replace(/\/$/, '') }
}

/** What is in the folder of a chart and is no object. */
const NO_OBJECT = /^(?:Chart\.ya?ml|requirements\.ya?ml|values[^/]*\.(?:ya?ml|json)|ci\/[^/]+)$/

function partOf(file: SourceFile, charts: ReadonlyMap<string, Chart>): PartOfChart | undefined {
  const path = normalized(file.path)
  for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, Math.max(end, 0))
    const chart = charts.get(folder)
    if (chart !== undefined) {
      const within = folder === '' ? path : path.slice(folder.length + 1)
      const isTemplate = within.startsWith('templates/')
      if (!isTemplate && !NO_OBJECT.test(within)) return undefined
      return { chart, isTemplate, mayBePolicy: isTemplate && makesPolicy(file.text) }
    }
    if (end <= 0) return undefined
  }
}

const makesPolicy = (text: string): boolean => mayMakePolicy(text) || isAllMade(text)

/** Why a part of a chart is not in force. */
export const asPartOfChart = ({ chart, isTemplate, mayBePolicy }: PartOfChart): UnusedReason =>
  isTemplate ? { kind: 'template', mayBePolicy, chart: chart.folder } : { kind: 'not-an-object' }

/** The objects that charts would be rendered to, where they are not a part of another chart. */
export function chartCreators(parts: Iterable<PartOfChart>): readonly Creator[] {
  const charts = new Set([...parts].filter(({ isTemplate }) => isTemplate).map(({ chart }) => chart))
  const isPart = ({ folder }: Chart): boolean =>
    [...charts].some(({ folder: outer }) => folder.startsWith(outer === '' ? 'charts/' : `${outer}/charts/`))
  return [...charts]
    .filter(chart => !isPart(chart))
    .map(({ file, name }) => ({
      kind: 'Chart',
      namespace: undefined,
      name,
      creates: 'templates',
      isPartlyKnown: false,
      into: undefined,
      names: [name],
      folder: undefined,
      at: { file, document: 0, path: [] },
    }))
}
