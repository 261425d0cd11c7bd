import type { CommandSpec, Context, Outcome } from '../command.ts'
import { exitOf } from '../outcome.ts'
import { ENDS, PORT_OPTIONS } from './can-reach.ts'

export const explain: CommandSpec = {
  name: 'explain',
  summary: 'the same question, with every policy and rule and why it did or did not match',
  arguments: ENDS,
  options: PORT_OPTIONS,
  examples: ['explain app/frontend app/database:5432 -f manifests/', 'explain internet shop/web --port http'],
  run: async ({ args, flags, world }: Context): Promise<Outcome> => {
    const { reach } = await import('../../analysis/reach.ts')
    const { trace } = await import('../../render/text/explanation.ts')
    const [from = '', to = ''] = args
    const { port, protocol, namespace = 'default', strict } = flags
    const report = reach(await world(), { from, to, port, protocol, namespace }, 'every rule')
    return { report, exit: exitOf(report, strict), text: paper => trace(report, paper), notes: [] }
  },
}
