import { CannotAnswer } from './cannot-answer.ts'
import type { SourceFile } from './file.ts'
import { positionAt } from './position.ts'
import { printable } from './printable.ts'

/**
 * A file that was read, as text: without the byte order mark, and from UTF-16 where it has one of that, as what PowerShell's
 * `>` writes.
 *
 * @throws {@link CannotAnswer} for what is neither UTF-8 nor UTF-16.
 */
export function decodeFile(path: string, bytes: Uint8Array): SourceFile {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const encoding = isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  try {
    return { path: printable(path), text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    // What cannot be decoded is replaced by this character.
    const file = { path: printable(path), text: new TextDecoder(encoding).decode(bytes) }
    const start = Math.max(0, file.text.indexOf('\ufffd'))
    const at = { file, position: positionAt(file, start, start + 1) }
    const message = `cannot read \`${path}\`: the text is not UTF-8`
    throw new CannotAnswer([
      { severity: 'error', code: 'CANNOT_READ', message, at, help: 'save it as UTF-8' },
    ])
  }
}
