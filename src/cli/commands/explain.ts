import { question } from '../command.ts'
import { FROM_AND_TO, isAdviceWanted, PATH_OPTIONS } from '../path-options.ts'
import { writing } from '../write-suggestion.ts'

export const explain = question({
  name: 'explain',
  summary: 'the same question, with the whole way, every policy and rule and why it did or did not match',
  kind: 'Reachability',
  arguments: FROM_AND_TO,
  settings: PATH_OPTIONS,
  examples: ['explain app/frontend app/database:5432 -f manifests/', 'explain internet shop/web --port http'],
  run: async ({ args: [from = '', to = ''], flags, world }) => {
    const { explain: ask } = await import('../../index.ts')
    const output = ask(await world(), { ...flags, from, to, advice: isAdviceWanted(flags) })
    return { output, ...(await writing(output, flags.write)) }
  },
})
