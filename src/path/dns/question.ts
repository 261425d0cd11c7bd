import type { Endpoint } from '../../network/endpoint.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import { dialled } from '../../network/service-backends.ts'
import type { AssumptionReason, WarningReason } from '../../report/assumption.ts'
import type { VerdictWord } from '../../report/common.ts'
import type { Answer, Step } from '../../report/report.ts'
import { type Protocol, ports } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { answerFlow, type Detail, type Judged } from '../answer.ts'
import { verdictOf } from '../summary.ts'
import type { DnsServers } from './servers.ts'

/** What becomes of a client's question to its DNS servers: a connection like any other (S-241). */
export interface DnsQuestion {
  readonly verdict: VerdictWord
  readonly message: string
  readonly steps: readonly Step[]
  readonly assumptions: readonly AssumptionReason[]
  readonly warnings: readonly WarningReason[]
  /** Over UDP, and over TCP as well, where the one does not get through. */
  readonly sides: readonly PolicySide[]
}

/** Lookups go over UDP; TCP is for answers that do not fit, so that without it most names resolve. */
export function askDns(world: World, client: Endpoint, servers: DnsServers, detail: Detail): DnsQuestion {
  const udp = judge(world, client, servers, 'UDP', detail)
  const tcp = judge(world, client, servers, 'TCP', detail)
  const [first] = udp
  if (first === undefined)
    return {
      ...NOBODY,
      message: `nobody answers UDP 53 behind ${servers.name}`,
      assumptions: servers.assumptions,
    }
  const { verdict, message } = together(udp)
  const telling = udp.find(({ answer }) => answer.verdict !== 'yes') ?? first
  const overTcp = tcp.length === 0 ? 'no' : together(tcp).verdict
  return {
    verdict,
    message,
    steps: telling.answer.steps,
    assumptions: [...servers.assumptions, ...udp.flatMap(({ assumptions }) => assumptions)],
    warnings: verdict === 'yes' && overTcp !== 'yes' ? [tcpIsClosed(servers)] : [],
    sides: (verdict === 'yes' ? udp : [...udp, ...tcp]).flatMap(({ sides }) => sides),
  }
}

const NOBODY: Omit<DnsQuestion, 'message' | 'assumptions'> = {
  verdict: 'no',
  steps: [],
  warnings: [],
  sides: [],
}

const together = (judged: readonly Judged[]): Pick<Answer, 'verdict' | 'message'> =>
  verdictOf(judged.map(({ answer }) => answer))

function judge(
  world: World,
  from: Endpoint,
  { arrivals, service }: DnsServers,
  protocol: Protocol,
  detail: Detail,
): readonly Judged[] {
  const servicePort = service?.ports.find(port => port.protocol === protocol && port.port === 53)
  const through =
    service === undefined || servicePort === undefined
      ? undefined
      : { service, dialled: dialled(servicePort) }
  return arrivals(protocol).flatMap(({ to, port: number }) =>
    answerFlow(
      world,
      { from, to, ask: ports(protocol, number, number), port: { protocol, number }, through },
      detail,
    ),
  )
}

const tcpIsClosed = ({ name }: DnsServers): WarningReason => ({
  code: 'DNS_OVER_TCP_BLOCKED',
  facts: { servers: name },
})
