import type { CodeFamily, Entry, Page } from '../report/codes/page.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { helpWithNearest } from '../source/did-you-mean.ts'

/**
 * All codes; the one that was typed; or those that begin like it. `program` is the name of the program in commands that they
 * show. Throws CannotAnswer where there is none.
 */
export function findCodes(families: readonly CodeFamily[], typed = '', program = 'netpol'): readonly Entry[] {
  const all = families.flatMap(({ title: family, pages }) =>
    Object.entries(pages).map(([code, page]): Entry => ({ code, family, ...filledIn(page, program) })),
  )
  const wanted = typed.toUpperCase().replaceAll('-', '_')
  const found = all.filter(({ code }) => code.startsWith(wanted))
  const exact = found.find(({ code }) => code === wanted)
  if (exact !== undefined) return [exact]
  if (found.length > 0) return found
  const codes = all.map(({ code }) => code)
  const help = helpWithNearest(wanted, codes, `\`${program} codes\` lists them all`)
  cannotAnswer('UNKNOWN_CODE', `\`${typed}\` is no code`, help)
}

function filledIn(page: Page, program: string): Page {
  const fill = (text: string): string => text.replaceAll('{netpol}', program)
  return { ...page, ...(page.rule !== undefined && { rule: fill(page.rule) }), mend: fill(page.mend) }
}
