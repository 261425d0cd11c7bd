import { question } from '../command.ts'
import { FROM_AND_TO, isAdviceSeen, isVerdictEnough, PATH_OPTIONS, suggestionFile } from '../path-options.ts'

export const explain = question({
  name: 'explain',
  summary: 'the same question, with the whole way, every policy and rule and why it did or did not match',
  kind: 'Reachability',
  arguments: FROM_AND_TO,
  settings: PATH_OPTIONS,
  examples: ['explain app/frontend app/database:5432 -f manifests/', 'explain internet shop/web --port http'],
  run: async ({ args: [from = '', to = ''], flags, world }) => {
    const { explain: ask, verdict } = await import('../../index.ts')
    const asked = { ...flags, from, to, advice: isAdviceSeen(flags) }
    if (isVerdictEnough(flags)) return { verdict: verdict(await world(), asked), expected: flags.expect }
    const output = ask(await world(), asked)
    return { output, ...(await suggestionFile(output, flags.write)) }
  },
})
