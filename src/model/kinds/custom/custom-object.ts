import { isMapping, type Mapping, mappingAt, valueAt } from '../../../source/mapping.ts'

/** An object of a kind that is not built in, read without complaints: no cluster of ours knows its fields. */
export interface CustomObject {
  readonly name: string
  readonly namespace: string
  /** Its own labels. */
  readonly labels: Texts
  readonly spec: Part
  readonly whole: Part
}

/** A part of it; whatever is absent or of another type than asked for is undefined, empty or false. */
export interface Part {
  readonly has: (...path: readonly string[]) => boolean
  readonly text: (...path: readonly string[]) => string | undefined
  /** A number of Pods. */
  readonly count: (...path: readonly string[]) => number | undefined
  readonly number: (...path: readonly string[]) => number | undefined
  readonly isTrue: (...path: readonly string[]) => boolean
  readonly texts: (...path: readonly string[]) => Texts
  readonly words: (...path: readonly string[]) => readonly string[]
  readonly part: (...path: readonly string[]) => Part
  readonly list: (...path: readonly string[]) => readonly Part[]
}

/** A map of strings, as labels are. */
export type Texts = Readonly<Record<string, string>>

/** More Pods of one kind would only use memory: they are all alike. */
const MOST_PODS = 1000

export function partOf(value: unknown): Part {
  const at = (path: readonly string[]): unknown => valueAt(value, ...path)
  return {
    has: (...path) => at(path) !== undefined && at(path) !== null,
    text: (...path) => textOf(at(path)),
    count: (...path) => {
      const found = at(path)
      return typeof found === 'number' && Number.isInteger(found) && found >= 0
        ? Math.min(found, MOST_PODS)
        : undefined
    },
    number: (...path) => {
      const found = at(path)
      return typeof found === 'number' && Number.isInteger(found) ? found : undefined
    },
    isTrue: (...path) => at(path) === true,
    texts: (...path) => textsOf(mappingAt(value, ...path)),
    words: (...path) => {
      const found = at(path)
      return Array.isArray(found) ? found.filter(item => typeof item === 'string') : []
    },
    part: (...path) => partOf(at(path)),
    list: (...path) => {
      const found = at(path)
      return Array.isArray(found) ? found.filter(isMapping).map(partOf) : []
    },
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const textsOf = (map: Mapping): Texts =>
  Object.fromEntries(
    Object.entries(map).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  )

/** Whether it is a run that has ended, by its status in a dump: its Pods have no network any more (S-050). */
export function hasEnded(kind: string, whole: Part): boolean {
  // For others the same words mean that all is installed.
  if (!/(?:Run|Job|JobSet|Workflow)$/.test(kind)) return false
  const phase = whole.text('status', 'phase') ?? whole.text('status', 'state', 'phase') ?? ''
  const times = ['completionTime', 'finishedAt', 'endTime'].map(field => whole.text('status', field))
  return ENDED.includes(phase) || times.some(time => time !== undefined)
}

const ENDED = ['Succeeded', 'Failed', 'Completed', 'Error', 'Aborted', 'Terminated']
