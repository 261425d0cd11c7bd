import { textWidth } from '../source/frame.ts'

/** The rows that lines take on a terminal of so many columns, which wraps the longer ones. The lines have no colors. */
export const rowsOf = (lines: readonly string[], columns: number): number =>
  lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(textWidth(line) / columns)), 0)
