import { endsWord, isBreakOrEnd, isWordCharacter } from './characters.ts'
import type { Cursor } from './cursor.ts'
import { YamlError } from './yaml-error.ts'

/** What may follow the name of an anchor, besides white space. */
const AFTER_NAME = '?:,]}%@`'

/** Scans the name of an anchor or an alias, at whose `&` or `*` the cursor is. */
export function scanName(cursor: Cursor): string {
  const start = cursor.at++
  const name = scanWord(cursor)
  if (name === '' || !(endsWord(cursor.code) || AFTER_NAME.includes(String.fromCharCode(cursor.code))))
    throw new YamlError('alias-name', start, cursor.at + 1)
  return name
}

/** Letters, digits, `_` and `-`. */
function scanWord(cursor: Cursor): string {
  const start = cursor.at
  while (isWordCharacter(cursor.code)) cursor.at++
  return cursor.text.slice(start, cursor.at)
}

/** A tag, or a directive for tags: a handle such as `!!`, and what follows it or what it stands for. */
export interface Handle {
  readonly text: string
  readonly rest: string
}

const VERSION = /(\d{1,2})\.(\d{1,2})/y
const TAG_DIRECTIVE = /(!(?:[\w-]*!)?)[ \t]+((?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[\da-fA-F]{2})+)(?=\s|$)/y
const TAG =
  /!<((?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[\da-fA-F]{2})+)>|(![\w-]*!|!)((?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[\da-fA-F]{2})*)/y

/** Scans a tag. Without a handle, it is what it says. */
export function scanTag(cursor: Cursor): Handle {
  const start = cursor.at
  const [found, whole, text = '', suffix = ''] = cursor.match(TAG)
  if (found === undefined || !endsWord(cursor.code)) throw new YamlError('bad-tag', start, cursor.at + 1)
  const rest = decodedUri(whole ?? suffix)
  if (rest === undefined || (rest === '' && text !== '!')) throw new YamlError('bad-tag', start, cursor.at)
  // `!` alone is a tag of its own.
  return rest === '' ? { text: '', rest: '!' } : { text, rest }
}

/** The characters of an escaped URI; undefined where it is not one. */
function decodedUri(uri: string): string | undefined {
  try {
    return decodeURIComponent(uri)
  } catch {
    return undefined
  }
}

/** Scans a line that begins with `%`; the one for the version of YAML has no handle. */
export function scanDirective(cursor: Cursor): Handle {
  const start = cursor.at++
  const name = scanWord(cursor)
  cursor.skipBlanks()
  const pattern = name === 'YAML' ? VERSION : name === 'TAG' ? TAG_DIRECTIVE : undefined
  const [found, first = '', second = ''] = pattern === undefined ? [] : cursor.match(pattern)
  cursor.skipBlanks()
  if (cursor.code === 0x23) while (!isBreakOrEnd(cursor.code)) cursor.at++
  if (found === undefined || !isBreakOrEnd(cursor.code)) throw new YamlError('directive', start, cursor.at)
  return name === 'YAML'
    ? { text: '', rest: `${Number(first)}.${Number(second)}` }
    : { text: first, rest: second }
}
