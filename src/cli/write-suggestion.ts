import type { Reachability } from '../report/report.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { NewFile, OptionSpec, Outcome } from './command.ts'
import type { Io } from './io.ts'

export const WRITE_OPTION: OptionSpec = {
  flags: '--write <path>',
  description: 'save the first suggestion to a new file, ready to apply',
}

/** The first suggestion as the file that was asked for, and what is said of it. */
export function writing(
  { verdict, suggestions: [first] }: Reachability,
  path: string | undefined,
): Pick<Outcome, 'file' | 'notes'> {
  if (path === undefined) return { notes: [] }
  if (path === '-')
    cannotAnswer('CANNOT_WRITE', '`-` is no file', 'name a new file; `-o json` prints every suggestion')
  const named = `\`${printable(path)}\``
  if (first === undefined) {
    const why = verdict === 'yes' ? 'the answer is yes already' : 'there is no suggestion'
    return { notes: [`note: ${named} is not written: ${why}`] }
  }
  return { file: { path, text: first.manifest }, notes: [`wrote ${named}: ${first.message}`] }
}

/** Makes a file; one that is there stays as it is. Throws CannotAnswer. */
export function create({ path, text }: NewFile, io: Io): void {
  try {
    io.create(path, text)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const reason = isThere ? 'there is such a file already' : error instanceof Error ? error.message : ''
    cannotAnswer(
      'CANNOT_WRITE',
      `cannot write \`${printable(path)}\`: ${printable(reason)}`,
      isThere
        ? 'give it another name, or remove the one that is there'
        : 'name a file in a folder that is there',
    )
  }
}
