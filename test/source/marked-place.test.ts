import { describe, expect, it } from 'vitest'
import { wrapText } from '../../src/render/text/wrap.ts'
import { markedPlace } from '../../src/source/frame.ts'

const SAID = 'tier=backend is wanted, and app/frontend has tier=frontend'

/** The first place of a word in a text, marked. */
function marked(text: string, word: string, label?: string, width = 80): string {
  const start = text.indexOf(word)
  const line = text.slice(0, start).split('\n').length
  const column = start - text.lastIndexOf('\n', start)
  const said = label === undefined ? undefined : { text: label, width, wrap: wrapText }
  const lines = markedPlace({ path: 'db.yaml', text }, { line, column, length: word.length }, said)
  return `\n${lines.join('\n')}\n`
}

const TEXT = `${'\n'.repeat(13)}              tier: backend`

describe('a place of a file is shown in its line', () => {
  it('marked', () =>
    expect(marked(TEXT, 'backend')).toBe(`
  --> db.yaml:14:21
   |
14 |               tier: backend
   |                     ^^^^^^^
`))

  it('with what is said of it beside the mark', () =>
    expect(marked(TEXT, 'backend', SAID, 100)).toBe(`
  --> db.yaml:14:21
   |
14 |               tier: backend
   |                     ^^^^^^^ tier=backend is wanted, and app/frontend has tier=frontend
`))

  it('in several lines, where the room is scarce', () =>
    expect(marked(TEXT, 'backend', SAID)).toBe(`
  --> db.yaml:14:21
   |
14 |               tier: backend
   |                     ^^^^^^^ tier=backend is wanted, and app/frontend has
   |                             tier=frontend
`))

  it('or below it, where there is none', () =>
    expect(marked(TEXT, 'backend', SAID, 60)).toBe(`
  --> db.yaml:14:21
   |
14 |               tier: backend
   |                     ^^^^^^^
   | tier=backend is wanted, and app/frontend has
   | tier=frontend
`))

  it('a short word needs little room', () =>
    expect(marked(TEXT, 'backend', 'not tier=backend', 52)).toBe(`
  --> db.yaml:14:21
   |
14 |               tier: backend
   |                     ^^^^^^^ not tier=backend
`))

  it('nothing in it is obeyed by a terminal', () => {
    const ESC = String.fromCharCode(27)
    expect(marked(`a${ESC}[31mb`, 'b', `x${ESC}y`)).not.toContain(ESC)
  })

  it('what takes two columns is marked in two', () =>
    expect(marked('日: 本', '本')).toBe(`
 --> db.yaml:1:4
  |
1 | 日: 本
  |     ^^
`))
})
