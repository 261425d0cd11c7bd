import type { Entry, Family } from '../report/codes/page.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { nearest } from '../source/did-you-mean.ts'

/** All codes; the one that was typed; or those that begin like it. Throws CannotAnswer where there is none. */
export function findCodes(families: readonly Family[], typed = ''): readonly Entry[] {
  const all = families.flatMap(({ title: family, pages }) =>
    Object.entries(pages).map(([code, page]): Entry => ({ code, family, ...page })),
  )
  const wanted = typed.toUpperCase().replaceAll('-', '_')
  const found = all.filter(({ code }) => code.startsWith(wanted))
  const exact = found.find(({ code }) => code === wanted)
  if (exact !== undefined) return [exact]
  if (found.length > 0) return found
  const near = nearest(
    wanted,
    all.map(({ code }) => code),
  )
  const meant = near === undefined ? '' : `did you mean \`${near}\`? `
  return cannotAnswer('UNKNOWN_CODE', `\`${typed}\` is no code`, `${meant}\`netpol codes\` lists them all`)
}
