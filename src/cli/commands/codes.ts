import type { Entry } from '../../report/codes/page.ts'
import { asCalled } from '../called-as.ts'
import type { CommandSpec } from '../command.ts'

/** The page, whose hints can be typed as they are. */
function asTyped(page: Entry, calledAs: string): Entry {
  const { rule, mend } = page
  return {
    ...page,
    ...(rule !== undefined && { rule: asCalled(rule, calledAs) }),
    mend: asCalled(mend, calledAs),
  }
}

export const codes: CommandSpec = {
  name: 'codes',
  summary: 'what a code in an answer means, with an example, and how to mend it',
  arguments: [
    {
      name: 'code',
      description: 'a code, such as NEAR_MISS_LABEL, or how it begins; without it all are listed',
      optional: true,
    },
  ],
  options: [],
  readsNothing: true,
  examples: ['codes', 'codes DNS_BLOCKED', 'codes near_miss', 'codes DENIED_BY_INGRESS -o json'],
  run: async ({ args, flags, netpol, calledAs, rehearse }) => {
    const found = netpol.findCodes(await netpol.families(), args[0])
    const entries = found.map(one => asTyped(one, calledAs))
    // The text of a list shows no examples, and to ask them all takes a while.
    const isList = entries.length > 1 && flags.output !== 'json' && flags.output !== 'yaml'
    const pages = isList
      ? []
      : await Promise.all(entries.map(async one => ({ ...one, example: await rehearse(one.example) })))
    const [only] = pages
    return {
      report: { kind: 'Codes', codes: pages },
      text: paper => (only === undefined ? netpol.codeList(entries, paper) : netpol.codeText(only, paper)),
      exit: 0,
      notes: [],
    }
  },
}
