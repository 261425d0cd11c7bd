/** How one kind of plain scalar is recognized and read. */
interface ScalarKind {
  readonly tag: string
  readonly test: RegExp
  /** A string where it only looks like the kind; throws for what cannot be a value in Kubernetes. */
  readonly resolve: (written: string) => null | boolean | number | string
}

export const NULL = /^(?:~|null|Null|NULL|)$/

/**
 * Plain scalars as kubectl reads them, which is neither YAML 1.1 nor 1.2 (S-142): booleans are those of YAML 1.1; numbers
 * are Go's, with `010` as octal and no base 60; dates stay strings.
 */
export const SCALARS: readonly ScalarKind[] = [
  { tag: 'null', test: NULL, resolve: () => null },
  { tag: 'bool', test: /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/, resolve: () => true },
  { tag: 'bool', test: /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/, resolve: () => false },
  { tag: 'nan', test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/, resolve: refuseNumber },
  { tag: 'int', test: /^[-+0-9][-+0-9a-fA-FxXoO_.]*$/, resolve: toNumber },
  { tag: 'float', test: /^\.[0-9][0-9_]*(?:[eE][-+]?[0-9_]+)?$/, resolve: toNumber },
]

/** The kind of a plain scalar; undefined for a string. All words of the kinds are short, which settles most scalars. */
export function scalarKindOf(written: string): ScalarKind | undefined {
  const first = written.charCodeAt(0)
  if (written.length > LONGEST_WORD && (first > NINE || first === SLASH)) return undefined
  return SCALARS.find(({ test }) => test.test(written))
}

const [SLASH, NINE] = [0x2f, 0x39]
const LONGEST_WORD = 'false'.length

/** kubectl turns YAML into JSON, which has no such numbers. */
function refuseNumber(written: string): never {
  throw new Error(`\`${written}\` is no number that a manifest can hold`)
}

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|[1-9][0-9]*|0)$/
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/** Numbers beyond Go's range stay strings. */
function toNumber(written: string): number | string {
  const plain = written.replaceAll('_', '')
  const integer = INTEGER.test(plain) ? toInteger(plain) : undefined
  if (integer !== undefined && integer >= -(2 ** 63) && integer < 2 ** 64) return integer
  const decimal = DECIMAL.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(decimal) ? decimal : written
}

/** `0x50`, `0o10` and `010` are 80, 8 and 8. */
function toInteger(plain: string): number {
  const digits = plain.replace(/^[-+]/, '')
  const value = /^0[0-7]+$/.test(digits) ? Number(`0o${digits}`) : Number(digits)
  return plain.startsWith('-') ? -value : value
}
