import type { ScalarNode } from './nodes.ts'
import { YamlError } from './yaml-error.ts'

/*
 * Scalars as kubectl reads them, which is neither YAML 1.1 nor 1.2 (S-142): booleans are those of YAML 1.1; numbers are Go's, with
 * `010` as octal and no base 60; dates stay strings.
 */

const WORDS: ReadonlyMap<string, null | boolean | number> = new Map<string, null | boolean | number>([
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map(
    word => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map(
    word => [word, false] as const,
  ),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    word => [word, Number.POSITIVE_INFINITY] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, Number.NEGATIVE_INFINITY] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, Number.NaN] as const),
])
const LONGEST_WORD = 'false'.length

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|[1-9][0-9]*|0)$/
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** What begins with a point is a number where Go has one, and there underscores are between digits only. */
const FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

const [PLUS, NINE, SLASH] = [0x2b, 0x39, 0x2f]

/** The value of a plain scalar. */
export function plainValue(text: string): null | boolean | number | string {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text)
    if (word !== undefined) return word
  }
  const first = text.charCodeAt(0)
  if (first < PLUS || first > NINE || first === SLASH) return text
  return numberIn(text) ?? text
}

/** Undefined for what is no number to Go, and for numbers beyond its range, which stay strings. */
function numberIn(text: string): number | undefined {
  if (text.startsWith('.') && !FRACTION.test(text)) return undefined
  const plain = plainNumber(text)
  const integer = INTEGER.test(plain) ? integerIn(plain) : undefined
  if (integer !== undefined && integer >= -(2 ** 63) && integer < 2 ** 64) return integer
  // Go’s JSON has no negative zero.
  const decimal = DECIMAL.test(plain) ? Number(plain) + 0 : Number.NaN
  return Number.isFinite(decimal) ? decimal : undefined
}

/** A number without underscores; Go takes a sign behind `0b` too. */
const plainNumber = (text: string): string => text.replaceAll('_', '').replace(/^0b([-+])/, '$10b')

/** `0x50`, `0o10` and `010` are 80, 8 and 8. */
function integerIn(plain: string): number {
  const digits = plain.replace(/^[-+]/, '')
  const value = /^0[0-7]+$/.test(digits) ? Number(`0o${digits}`) : Number(digits)
  return plain.startsWith('-') && value !== 0 ? -value : value
}

const TAGS = 'tag:yaml.org,2002:'

/** The value of a scalar, by its tag and style. */
export function scalarValue(node: ScalarNode): null | boolean | number | string {
  const { tag, text, style } = node
  if (tag === undefined) return style === 'plain' ? plainValue(text) : text
  const name = tag.startsWith(TAGS) ? tag.slice(TAGS.length) : ''
  if (name === 'binary') return binaryValue(node)
  const isOfType = TYPES[name]
  // Any other tag makes it a string.
  if (isOfType === undefined) return text
  const value = plainValue(text)
  if (!isOfType(value, text)) throw new YamlError('tag-mismatch', node.start, node.end)
  return value
}

/** YAML's own types, and whether a value is of them. */
const TYPES: Readonly<Record<string, ((value: unknown, text: string) => boolean) | undefined>> = {
  null: value => value === null,
  bool: value => typeof value === 'boolean',
  int: (value, text) => typeof value === 'number' && INTEGER.test(plainNumber(text)),
  float: value => typeof value === 'number',
  timestamp: value => typeof value === 'string' && TIMESTAMP.test(value),
}

const TIMESTAMP =
  /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

function binaryValue({ text, start, end }: ScalarNode): string {
  const plain = text.replace(/[\r\n]/g, '')
  if (!BASE64.test(plain)) throw new YamlError('bad-binary', start, end)
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  return utf8.decode(Uint8Array.from(atob(plain), byte => byte.charCodeAt(0)))
}

/** The text of a scalar that is a key; undefined for what cannot be one. */
export function keyText(node: ScalarNode): string | undefined {
  const value = scalarValue(node)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === null) return undefined
  const plain = plainNumber(node.text)
  const integer = INTEGER.test(plain) ? exactInteger(plain) : undefined
  // Integers beyond 64 bits are decimals to Go.
  if (integer === undefined || integer < -(2n ** 63n) || integer >= 2n ** 64n) return decimalKey(value)
  return integer < 2n ** 63n ? String(integer) : undefined
}

/** As `integerIn`, with all digits. */
function exactInteger(plain: string): bigint {
  const digits = plain.replace(/^[-+]/, '')
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits)
  return plain.startsWith('-') ? -value : value
}

/** A number as Go writes it, with the precision of 32 bits. */
function decimalKey(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf'
  const short = Math.fround(value)
  let digits = 0
  while (digits < 8 && Math.fround(Number(short.toExponential(digits))) !== short) digits++
  const [mantissa = '', exponent = ''] = short.toExponential(digits).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return short.toFixed(Math.max(0, digits - power))
  const sign = power < 0 ? '-' : '+'
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`
}
