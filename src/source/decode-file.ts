import type { SourceFile } from './file.ts'
import { printable } from './printable.ts'

/**
 * A file that was read, as text: without the byte order mark, and from UTF-16 where it has one of that, as what PowerShell's
 * `>` writes. As with kubectl, what is neither is replaced by U+FFFD, which no value that answers depend on can have.
 */
export function decodeFile(path: string, bytes: Uint8Array): SourceFile {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const encoding = isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  return { path: printable(path), text: new TextDecoder(encoding).decode(bytes) }
}
