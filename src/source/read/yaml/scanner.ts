import { BLANK, codeAt, endsWord, isBreak, isBreakOrEnd, TAB } from './characters.ts'
import { Cursor } from './cursor.ts'
import { PossibleKeys } from './possible-keys.ts'
import { scanBlock } from './scan-block.ts'
import { scanDirective, scanName, scanTag } from './scan-names.ts'
import { scanPlain } from './scan-plain.ts'
import { scanQuoted } from './scan-quoted.ts'
import { type Sign, type Token, TokenQueue } from './tokens.ts'
import { YamlError } from './yaml-error.ts'

/** The limit of brackets and of indentations in one another; the parser has a lower one (parser.ts). */
const DEEPEST = 10_000

/**
 * A text as tokens, exactly as kubectl's reader has them (go.yaml.in/yaml/v2, which follows libyaml): that is neither YAML 1.2 nor
 * quite YAML 1.1. Columns open and close block collections; what could be a key is remembered, and becomes one where a `:` follows on
 * the same line; between brackets, columns mean nothing. `test/kubectl` holds it to that.
 */
export class Scanner {
  private readonly cursor: Cursor
  private readonly tokens = new TokenQueue()
  /** The first of them, where it is known that no other will come before it. */
  private found: Token | undefined
  /** The column of the innermost block collection; -1 outside of all. */
  private indent = -1
  private readonly indents: number[] = []
  private isKeyAllowed = true
  private readonly keys: PossibleKeys

  constructor(text: string) {
    this.cursor = new Cursor(text, text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0)
    this.keys = new PossibleKeys(this.cursor)
  }

  /** The next token, which stays the next. */
  peek(): Token {
    this.found ??= this.find()
    return this.found
  }

  private find(): Token {
    for (;;) {
      const { first } = this.tokens
      // A `:` may still make it a key, before which other tokens would come.
      if (first !== undefined && !this.keys.canBe(this.tokens.numberOfFirst)) return first
      this.scan()
    }
  }

  /** Takes the token that was peeked at. */
  skip(): void {
    this.tokens.take()
    this.found = undefined
  }

  private saveKey(): void {
    const isRequired = this.keys.brackets === 0 && this.indent === this.cursor.column
    if (this.isKeyAllowed) this.keys.save(this.tokens.numberOfNext, isRequired)
  }

  /** Notes that a block collection opens, where the column is deeper than that of the last one. */
  private opensBlock(column: number): boolean {
    if (this.keys.brackets > 0 || this.indent >= column) return false
    this.indents.push(this.indent)
    if (this.indents.length > DEEPEST) throw new YamlError('deep', this.cursor.at)
    this.indent = column
    return true
  }

  /** Opens one at the cursor. */
  private openBlockHere(kind: 'block-mapping' | 'block-sequence'): void {
    const { at, column } = this.cursor
    if (this.opensBlock(column)) this.tokens.push(kind, at, at)
  }

  /** Closes the block collections that are deeper than a column. */
  private closeBlocks(column: number): void {
    if (this.keys.brackets > 0) return
    while (this.indent > column) {
      this.tokens.push('block-end', this.cursor.at, this.cursor.at)
      this.indent = this.indents.pop() ?? -1
    }
  }

  private scan(): void {
    this.skipToToken()
    const { at, line, code, column } = this.cursor
    this.closeBlocks(column)
    if (code === 0) this.scanEnd()
    else if (at === line && code === PERCENT) this.scanDirective()
    else if (at === line && (code === DASH || code === DOT) && this.cursor.isAtMarker()) this.scanMarker()
    else if (!this.scanSign(code)) this.scanValueText(code)
  }

  /** Goes over blanks, comments and empty lines; over tabs where no key can be. */
  private skipToToken(): void {
    const cursor = this.cursor
    const { text } = cursor
    for (;;) {
      const isTabAllowed = this.keys.brackets > 0 || !this.isKeyAllowed
      let { at } = cursor
      let code = codeAt(text, at)
      while (code === BLANK || (code === TAB && isTabAllowed)) code = codeAt(text, ++at)
      if (code === HASH) while (!isBreakOrEnd(code)) code = codeAt(text, ++at)
      cursor.at = at
      if (!isBreak(code)) return
      cursor.skipBreak()
      if (this.keys.brackets === 0) this.isKeyAllowed = true
    }
  }

  /** What ends everything that is open. */
  private endAll(): void {
    this.closeBlocks(-1)
    this.keys.drop()
    this.isKeyAllowed = false
  }

  private scanEnd(): void {
    const { at } = this.cursor
    // As if the line ended here.
    this.cursor.line = at
    this.endAll()
    this.tokens.push('end', at, at)
  }

  private scanDirective(): void {
    this.endAll()
    const { at } = this.cursor
    const { text, rest } = scanDirective(this.cursor)
    this.tokens.push('directive', at, this.cursor.at, text, rest)
  }

  private scanMarker(): void {
    this.endAll()
    const { at, code } = this.cursor
    this.cursor.at += MARKER_LENGTH
    this.tokens.push(code === DASH ? 'document-start' : 'document-end', at, this.cursor.at)
  }

  /** Scans brackets, commas and what stands before keys, values and items; false where none is here. */
  private scanSign(code: number): boolean {
    const isOperator = this.keys.brackets > 0 || endsWord(codeAt(this.cursor.text, this.cursor.at + 1))
    switch (code) {
      case 0x5b:
        this.scanOpening('[')
        return true
      case 0x7b:
        this.scanOpening('{')
        return true
      case 0x5d:
        this.scanClosing(']')
        return true
      case 0x7d:
        this.scanClosing('}')
        return true
      case 0x2c:
        this.keys.drop()
        this.isKeyAllowed = true
        this.push(',')
        return true
      case DASH:
        if (!endsWord(codeAt(this.cursor.text, this.cursor.at + 1))) return false
        this.scanItem()
        return true
      case QUESTION_MARK:
        if (isOperator) this.scanKey()
        return isOperator
      case COLON:
        if (isOperator) this.scanValue()
        return isOperator
      default:
        return false
    }
  }

  /** Pushes the sign at which the cursor is, and goes behind it. */
  private push(kind: Sign['kind']): void {
    const start = this.cursor.at++
    this.tokens.push(kind, start, start + 1)
  }

  private scanOpening(kind: '[' | '{'): void {
    this.saveKey()
    this.keys.openBracket()
    if (this.keys.brackets > DEEPEST) throw new YamlError('deep', this.cursor.at)
    this.isKeyAllowed = true
    this.push(kind)
  }

  private scanClosing(kind: ']' | '}'): void {
    this.keys.drop()
    this.keys.closeBracket()
    this.isKeyAllowed = false
    this.push(kind)
  }

  private scanItem(): void {
    if (this.keys.brackets === 0 && !this.isKeyAllowed) throw new YamlError('entry-here', this.cursor.at)
    this.openBlockHere('block-sequence')
    this.keys.drop()
    this.isKeyAllowed = true
    this.push('item')
  }

  private scanKey(): void {
    if (this.keys.brackets === 0 && !this.isKeyAllowed) throw new YamlError('key-here', this.cursor.at)
    this.openBlockHere('block-mapping')
    this.keys.drop()
    this.isKeyAllowed = this.keys.brackets === 0
    this.push('key')
  }

  /** A `:`, behind a key, behind a `?` and its key, or alone. */
  private scanValue(): void {
    const key = this.keys.last
    if (this.keys.isValid(key)) {
      this.tokens.insert(key.token, 'key', key.at)
      if (this.opensBlock(key.at - key.line)) this.tokens.insert(key.token, 'block-mapping', key.at)
      key.isPossible = false
      this.isKeyAllowed = false
    } else {
      if (this.keys.brackets === 0 && !this.isKeyAllowed) throw new YamlError('value-here', this.cursor.at)
      this.openBlockHere('block-mapping')
      this.isKeyAllowed = this.keys.brackets === 0
    }
    this.push('value')
  }

  /** Scans scalars, and the anchors, tags and aliases in their places. */
  private scanValueText(code: number): void {
    const cursor = this.cursor
    const start = cursor.at
    if (CANNOT_START.has(code) || ((code === PIPE || code === GREATER) && this.keys.brackets > 0))
      throw new YamlError(code === TAB ? 'tab' : 'bad-start', start)
    if (code === PIPE || code === GREATER) {
      this.keys.drop()
      this.isKeyAllowed = true
      const text = scanBlock(cursor, this.indent)
      this.tokens.pushScalar(start, cursor.at, text, 'block')
      return
    }
    this.saveKey()
    this.isKeyAllowed = false
    switch (code) {
      case 0x22:
      case 0x27: {
        const text = scanQuoted(cursor)
        this.tokens.pushScalar(start, cursor.at, text, 'quoted')
        return
      }
      case 0x26:
      case 0x2a: {
        const name = scanName(cursor)
        this.tokens.push(code === 0x26 ? 'anchor' : 'alias', start, cursor.at, name)
        return
      }
      case 0x21: {
        const { text, rest } = scanTag(cursor)
        this.tokens.push('tag', start, cursor.at, text, rest)
        return
      }
      default: {
        const { text, end, isAtLineEnd } = scanPlain(cursor, this.indent + 1, this.keys.brackets > 0)
        this.tokens.pushScalar(start, end, text, 'plain')
        if (isAtLineEnd) this.isKeyAllowed = true
      }
    }
  }
}

const [HASH, PERCENT, DASH, DOT, COLON, GREATER, QUESTION_MARK, PIPE] = [
  0x23, 0x25, 0x2d, 0x2e, 0x3a, 0x3e, 0x3f, 0x7c,
]
const BYTE_ORDER_MARK = 0xfeff
const MARKER_LENGTH = 3

/** A tab, and `#`, `%`, `@` and a backtick. */
const CANNOT_START: ReadonlySet<number> = new Set([TAB, HASH, PERCENT, 0x40, 0x60])
