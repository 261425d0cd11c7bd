import type { CommandSpec, Outcome } from '../command.ts'
import { exitOf } from '../outcome.ts'
import { WRITE_OPTION, writing } from '../write-suggestion.ts'
import { ENDS, isAdviceWanted, PORT_OPTIONS, SETUP_OPTIONS } from './can-reach.ts'

export const explain: CommandSpec = {
  name: 'explain',
  summary: 'the same question, with the whole way, every policy and rule and why it did or did not match',
  arguments: ENDS,
  options: [...PORT_OPTIONS, ...SETUP_OPTIONS, WRITE_OPTION],
  examples: ['explain app/frontend app/database:5432 -f manifests/', 'explain internet shop/web --port http'],
  run: ({ args, flags, world, netpol }) => {
    const [from = '', to = ''] = args
    const { port, protocol, namespace = 'default', strict } = flags
    const question = { from, to, port, protocol, namespace, settings: netpol.settingsOf(flags) }
    const ask = isAdviceWanted(flags) ? netpol.reachWithAdvice : netpol.reach
    const report = ask(world(), question, 'every rule')
    const text: Outcome['text'] = paper => netpol.trace(report, paper)
    return { report, text, exit: exitOf(report, strict), ...writing(report, flags.write) }
  },
}
