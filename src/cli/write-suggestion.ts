import type { Reachability } from '../index.ts'
import type { Outcome } from './command.ts'

/** The first suggestion as the file that was asked for, and what is said of it. Throws CannotAnswer. */
export async function writing(
  { verdict, suggestions: [first] }: Reachability,
  path: string | undefined,
): Promise<Pick<Outcome, 'file'> & Required<Pick<Outcome, 'notes'>>> {
  if (path === undefined) return { notes: [] }
  const { cannotAnswer, printable } = await import('../index.ts')
  if (path === '-')
    cannotAnswer('CANNOT_WRITE', '`-` is no file', 'name a new file; `-o json` prints every suggestion')
  const named = `\`${printable(path)}\``
  if (first === undefined) {
    const why = verdict === 'yes' ? 'the answer is yes already' : 'there is no suggestion'
    return { notes: [`note: ${named} is not written: ${why}`] }
  }
  return { file: { path, text: first.manifest }, notes: [`wrote ${named}: ${first.message}`] }
}
