/** How one kind of plain scalar is told and read. */
export interface ScalarKind {
  readonly tag: string
  readonly test: RegExp
  readonly resolve: (written: string) => null | boolean | number
}

export const NULL = /^(?:~|null|Null|NULL|)$/

/**
 * What plain scalars are to kubectl's reader, which is neither YAML 1.1 nor 1.2 (S-142): booleans are what YAML 1.1
 * calls so; numbers are Go's, with `010` as octal and no base 60; dates stay strings.
 */
export const SCALARS: readonly ScalarKind[] = [
  { tag: 'null', test: NULL, resolve: () => null },
  { tag: 'bool', test: /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/, resolve: () => true },
  { tag: 'bool', test: /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/, resolve: () => false },
  {
    tag: 'int',
    test: /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|[1-9][0-9_]*|0)$/,
    resolve: toInteger,
  },
  {
    tag: 'float',
    test: /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
    resolve: written => Number(written.replaceAll('_', '')),
  },
]

/** `0x50`, `0o10` and `010` are 80, 8 and 8. */
function toInteger(written: string): number {
  const text = written.replaceAll('_', '')
  const digits = text.replace(/^[-+]/, '')
  const value = /^0[0-7]+$/.test(digits) ? Number(`0o${digits}`) : Number(digits)
  return text.startsWith('-') ? -value : value
}
