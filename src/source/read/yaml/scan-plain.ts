import { codeAt, endsWord, isBreak } from './characters.ts'
import type { Cursor } from './cursor.ts'

/** A plain scalar: where its text ends, which is before the cursor if blanks follow. */
export interface PlainScalar {
  readonly text: string
  readonly end: number
  /** Whether a line ends behind it. */
  readonly isAtLineEnd: boolean
}

/** Scans a scalar without quotes, which goes on while lines are indented by so much; inside of brackets, with any indentation. */
export function scanPlain(cursor: Cursor, indent: number, isFlow: boolean): PlainScalar {
  const { text } = cursor
  // The lines before, and what joins them to this one.
  let done = ''
  let joint = ''
  let from = cursor.at
  let end = from
  let isBroken = false
  for (;;) {
    if (cursor.code === HASH || cursor.isAtMarker()) break
    const word = cursor.at
    const stop = endOfWords(text, word, isFlow)
    cursor.at = stop
    if (stop > word) {
      if (isBroken) {
        done += joint
        from = word
        isBroken = false
      }
      end = stop
    }
    cursor.skipBlanks()
    if (isBreak(cursor.code)) {
      done += text.slice(from, end)
      isBroken = true
      joint = cursor.joint(indent)
    } else if (cursor.at === stop) break
    if (!isFlow && cursor.column < indent) break
  }
  return { text: isBroken ? done : done + text.slice(from, end), end, isAtLineEnd: isBroken }
}

/** Where blanks, or a sign that ends a scalar, follow. */
function endOfWords(text: string, start: number, isFlow: boolean): number {
  let at = start
  let code = codeAt(text, at)
  while (!endsWord(code)) {
    if (code === COLON ? endsWord(codeAt(text, at + 1)) : isFlow && isFlowSign(code)) break
    code = codeAt(text, ++at)
  }
  return at
}

/** The signs that end a plain scalar inside of brackets. */
const isFlowSign = (code: number): boolean =>
  code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d

const [HASH, COLON] = [0x23, 0x3a]
