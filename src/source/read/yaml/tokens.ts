import type { ScalarNode, ScalarStyle } from './nodes.ts'

export type TokenKind =
  | 'end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | 'item'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

/** A scalar is the node that it will be, as long as no tag belongs to it. */
export type Token = ScalarNode | Sign

export interface Sign {
  readonly kind: Exclude<TokenKind, 'scalar'>
  readonly start: number
  readonly end: number
  /** The name of an anchor or an alias, the handle of a tag or of a directive for tags. */
  readonly text: string
  /** What follows the handle; the version of a directive. */
  readonly rest: string
}

/** Tokens that were scanned and not yet taken. Each has a number: how many were scanned before it. */
export class TokenQueue {
  /** Those from head to tail are not taken. */
  private readonly tokens: Token[] = []
  private head = 0
  private tail = 0
  private taken = 0

  get first(): Token | undefined {
    return this.head < this.tail ? this.tokens[this.head] : undefined
  }

  /** The number of the first token. */
  get numberOfFirst(): number {
    return this.taken
  }

  /** The number that the next token will have. */
  get numberOfNext(): number {
    return this.taken + this.tail - this.head
  }

  take(): void {
    this.taken++
    if (++this.head < this.tail) return
    this.head = 0
    this.tail = 0
  }

  push(kind: Sign['kind'], start: number, end: number, text = '', rest = ''): void {
    this.tokens[this.tail++] = { kind, start, end, text, rest }
  }

  pushScalar(start: number, end: number, text: string, style: ScalarStyle): void {
    this.tokens[this.tail++] = { kind: 'scalar', start, end, text, style, tag: undefined }
  }

  /** Puts a token before the one with a number, which has the next number then. */
  insert(number: number, kind: Sign['kind'], at: number): void {
    const place = number - this.taken + this.head
    const tokens = this.tokens
    this.push(kind, at, at)
    const inserted = tokens[this.tail - 1]
    tokens.copyWithin(place + 1, place, this.tail - 1)
    if (inserted !== undefined) tokens[place] = inserted
  }
}
