import type { Diagnostic } from '../source/diagnostic.ts'
import { frame, inOneLine, type Paint } from '../source/frame.ts'
import { counted, joined } from '../words/lists.ts'

/*
 * Diagnostics on a screen of 24 lines: the first ones are drawn in full, the next are a line each, the others a number. Below
 * errors is how many there are and what to do; beside warnings are the notes of the answer.
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
  paint: Paint,
): readonly string[] {
  const isRefused = errors.first.length > 0
  const full = ({ first }: OfSeverity): readonly Block[] =>
    first.map(one => ({ lines: frame(one, paint), isExcerpt: one.at !== undefined }))
  const brief = ({ first }: OfSeverity): readonly Block[] =>
    first.map(one => ({ lines: [inOneLine(one, paint)], isExcerpt: false }))
  const drawn = (some: OfSeverity, above: readonly Block[], room: number): readonly Block[] =>
    isAll ? full(some) : fitting(full(some), brief(some), above, room)
  const above = isRefused && !isAll ? brief(warnings) : drawn(warnings, [], ROOM_FOR_WARNINGS)
  const below = drawn(errors, above, ROOM_FOR_ERRORS)
  const left = [
    { noun: 'more warning', count: warnings.left + warnings.first.length - above.length },
    { noun: 'more error', count: errors.left + errors.first.length - below.length },
  ].filter(({ count }) => count > 0)
  const lines = spaced([...above, ...below])
  if (left.length === 0) return lines
  const more = joined(left.map(({ noun, count }) => counted(count, noun)))
  return [...lines, '', `${more} not shown${isAll ? '' : ' (-v shows more)'}`]
}

/** The lines of a diagnostic. */
interface Block {
  readonly lines: readonly string[]
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
  const fits = (blocks: readonly Block[]): boolean => spaced([...above, ...blocks]).length <= room
  for (let count = full.length; count > 1; count--) if (fits(withFull(count))) return withFull(count)
  const one = withFull(1)
  return one.filter((_, index) => index === 0 || fits(one.slice(0, index + 1)))
}

/** With an empty line around excerpts: the lines of two of them would run together. */
function spaced(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(({ lines, isExcerpt }, index) => {
    const isApart = index > 0 && (isExcerpt || blocks[index - 1]?.isExcerpt === true)
    return isApart ? ['', ...lines] : lines
  })
}
