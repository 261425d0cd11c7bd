import type { Cursor } from './cursor.ts'
import { YamlError } from './yaml-error.ts'

/** What may turn out to be the key of a mapping. */
export interface PossibleKey {
  isPossible: boolean
  /** In the column of the keys of a block mapping there are only keys. */
  isRequired: boolean
  /** The number of its token. */
  token: number
  at: number
  line: number
}

/** How many characters a key without a `?` can have. */
const LONGEST_KEY = 1024

/** What may be a key in each of the open brackets, and outside of them. */
export class PossibleKeys {
  private readonly cursor: Cursor
  private readonly keys: PossibleKey[] = [noKey()]

  constructor(cursor: Cursor) {
    this.cursor = cursor
  }

  /** How many brackets are open. */
  get brackets(): number {
    return this.keys.length - 1
  }

  /** That of the innermost bracket. */
  get last(): PossibleKey {
    const key = this.keys.at(-1)
    if (key === undefined) throw new Error('a bracket is missing')
    return key
  }

  openBracket(): void {
    this.keys.push(noKey())
  }

  closeBracket(): void {
    if (this.brackets > 0) this.keys.pop()
  }

  /** Notes that a token at the cursor may be a key. */
  save(token: number, isRequired: boolean): void {
    const key = this.last
    const { at, line } = this.cursor
    this.drop(key)
    key.isPossible = true
    key.isRequired = isRequired
    key.token = token
    key.at = at
    key.line = line
  }

  drop(key: PossibleKey = this.last): void {
    if (key.isPossible && key.isRequired) throw new YamlError('without-colon', key.at, this.cursor.at)
    key.isPossible = false
  }

  /** Whether a possible key can still be one: it ends on its own line. */
  isValid(key: PossibleKey): boolean {
    const { text, at, line } = this.cursor
    if (!key.isPossible || (key.line === line && !isLongerThanKey(text, key.at, at))) return key.isPossible
    this.drop(key)
    return false
  }

  /** Whether a token may still become a key. */
  canBe(token: number): boolean {
    for (const key of this.keys) if (key.isPossible && key.token === token) return this.isValid(key)
    return false
  }
}

const noKey = (): PossibleKey => ({ isPossible: false, isRequired: false, token: 0, at: 0, line: 0 })

/** Characters are counted, of which some are two in a string. */
function isLongerThanKey(text: string, from: number, to: number): boolean {
  const length = to - from
  if (length <= LONGEST_KEY || length > 2 * LONGEST_KEY) return length > LONGEST_KEY
  return [...text.slice(from, to)].length > LONGEST_KEY
}
