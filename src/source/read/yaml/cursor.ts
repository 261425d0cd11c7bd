import { breakLength, breakText, codeAt, isBlank, isBreak, TAB } from './characters.ts'
import { YamlError } from './yaml-error.ts'

/** Where the scanner is. */
export class Cursor {
  readonly text: string
  at: number
  /** Where the line starts. */
  line: number

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
    this.line = at
  }

  get column(): number {
    return this.at - this.line
  }

  /** The code unit here; 0 at the end. */
  get code(): number {
    return codeAt(this.text, this.at)
  }

  skipBlanks(): void {
    while (isBlank(this.code)) this.at++
  }

  skipBreak(): void {
    this.at += breakLength(this.text, this.at)
    this.line = this.at
  }

  /** Matches a sticky pattern here, and goes behind what it matches. */
  match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    this.at += found?.[0].length ?? 0
    return found ?? []
  }

  /**
   * Goes over the line breaks and blanks between two lines of a scalar, and gives what joins the lines: a blank for one break, the
   * others for several. Where the second line has to be indented, tabs are no indentation.
   */
  joint(indent = 0): string {
    const first = breakText(this.code)
    this.skipBreak()
    const others = this.breaks(indent)
    return first !== '\n' ? first + others : others === '' ? ' ' : others
  }

  /** Goes over line breaks and blanks, and gives the breaks. */
  breaks(indent = 0): string {
    let breaks = ''
    for (;;) {
      const { code } = this
      if (isBreak(code)) {
        breaks += breakText(code)
        this.skipBreak()
      } else if (isBlank(code)) {
        if (code === TAB && this.column < indent) throw new YamlError('tab', this.at)
        this.at++
      } else return breaks
    }
  }

  /** Whether a marker of documents is here, at the start of a line. */
  isAtMarker(): boolean {
    return this.at === this.line && MARKER.test(this.text.slice(this.at, this.at + 4))
  }
}

const MARKER = /^(?:---|\.\.\.)(?:[ \t\r\n\u0085\u2028\u2029]|$)/
