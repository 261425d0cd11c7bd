import { question } from '../command.ts'
import { FROM_AND_TO, isAdviceSeen, isVerdictEnough, PATH_OPTIONS, suggestionFile } from '../path-options.ts'

export const canReach = question({
  name: 'can-reach',
  summary: 'does a new connection from FROM to TO succeed?',
  kind: 'Reachability',
  arguments: FROM_AND_TO,
  settings: PATH_OPTIONS,
  examples: [
    'can-reach app/frontend app/backend:8080 -f manifests/',
    'can-reach shop/deploy/api internet --port 53/udp',
    'can-reach shop/web http://api.shop:8080/health',
    'can-reach internet http://shop.example.com/api',
    'can-reach 203.0.113.7 web:443 -n shop -o json',
  ],
  run: async ({ args: [from = '', to = ''], flags, world, program, screen }) => {
    const { reach, remarks, verdict } = await import('../../index.ts')
    const asked = { ...flags, from, to, advice: isAdviceSeen(flags) }
    if (isVerdictEnough(flags)) return { verdict: verdict(await world(), asked), expected: flags.expect }
    const output = reach(await world(), asked)
    const { file, notes } = await suggestionFile(output, flags.write)
    return {
      output,
      layout: { brief: true },
      file,
      notes: [...remarks(output, { ...flags, program, ...screen() }), ...notes],
    }
  },
})
