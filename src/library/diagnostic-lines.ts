import type { Diagnostic } from '../source/diagnostic.ts'
import { frame, inBrief, type Paint } from '../source/frame.ts'
import { counted, joined } from '../words/lists.ts'
import { rowsOf } from './rows.ts'

/*
 * Diagnostics on a screen of 24 rows: the first ones are drawn in full, the next without their source lines, the others are a
 * number. Below errors is how many there are and what to do; beside warnings are the notes of the answer.
 */
const ROOM_FOR_ERRORS = 20
const ROOM_FOR_WARNINGS = 9

/** The diagnostics of a severity that are worth showing, and how many more there are. */
interface OfSeverity {
  readonly first: readonly Diagnostic[]
  readonly left: number
}

/** Warnings, then errors, then how many are not shown. With `isAll`, all that are worth showing are drawn in full. */
export function diagnosticLines(
  warnings: OfSeverity,
  errors: OfSeverity,
  isAll: boolean,
  { paint, width }: Screen,
): readonly string[] {
  const isRefused = errors.first.length > 0
  const full = ({ first }: OfSeverity): readonly Block[] =>
    first.map(one => ({
      lines: frame(one, paint),
      rows: rowsOf(frame(one), width),
      isExcerpt: one.at !== undefined,
    }))
  const brief = ({ first }: OfSeverity): readonly Block[] =>
    first.map((one, index) => {
      const isTold = first.slice(0, index).some(({ help }) => help === one.help)
      const { help, ...told } = one
      const shown = isTold ? told : one
      return { lines: inBrief(shown, paint), rows: rowsOf(inBrief(shown), width), isExcerpt: false }
    })
  const drawn = (some: OfSeverity, above: readonly Block[], room: number): readonly Block[] =>
    isAll ? full(some) : fitting(full(some), brief(some), above, room)
  const above = isRefused && !isAll ? brief(warnings) : drawn(warnings, [], ROOM_FOR_WARNINGS)
  const below = drawn(errors, above, ROOM_FOR_ERRORS)
  const left = [
    { noun: 'more warning', count: warnings.left + warnings.first.length - above.length },
    { noun: 'more error', count: errors.left + errors.first.length - below.length },
  ].filter(({ count }) => count > 0)
  const lines = spaced([...above, ...below])
  if (left.length > 0) {
    const more = joined(left.map(({ noun, count }) => counted(count, noun)))
    return [...lines, '', `${more} not shown${isAll ? '' : ' (-v shows more)'}`]
  }
  const isCut = below.some(({ isExcerpt }, index) => !isExcerpt && errors.first[index]?.at !== undefined)
  return isCut ? [...lines, '', '-v shows the lines of all errors'] : lines
}

/** Where diagnostics are printed. */
interface Screen {
  readonly paint: Paint
  /** Its columns. */
  readonly width: number
}

/** The lines of a diagnostic. */
interface Block {
  readonly lines: readonly string[]
  /** How many rows they take on the screen. */
  readonly rows: number
  readonly isExcerpt: boolean
}

/**
 * As many in full as leave room for all others in brief; the first one in any case, and then the others as far as they fit.
 * `above` takes its part of the room.
 */
function fitting(
  full: readonly Block[],
  brief: readonly Block[],
  above: readonly Block[],
  room: number,
): readonly Block[] {
  const withFull = (count: number): readonly Block[] => [...full.slice(0, count), ...brief.slice(count)]
  const fits = (blocks: readonly Block[]): boolean => rowsTaken([...above, ...blocks]) <= room
  for (let count = full.length; count > 1; count--) if (fits(withFull(count))) return withFull(count)
  const one = withFull(1)
  return one.filter((_, index) => index === 0 || fits(one.slice(0, index + 1)))
}

/** Whether an empty line is above a block: the lines of two excerpts would run together. */
const isApart = (blocks: readonly Block[], index: number): boolean =>
  index > 0 && (blocks[index]?.isExcerpt === true || blocks[index - 1]?.isExcerpt === true)

const spaced = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(({ lines }, index) => (isApart(blocks, index) ? ['', ...lines] : lines))

const rowsTaken = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { rows }, index) => sum + rows + (isApart(blocks, index) ? 1 : 0), 0)
