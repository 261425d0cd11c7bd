import { describe, expect, it } from 'vitest'
import { portQuestion } from '../../src/naming/port.ts'
import { findPaths } from '../../src/path/find-paths.ts'
import { settingsOf } from '../../src/path/question.ts'
import { verdictOfAll } from '../../src/path/verdict.ts'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { type Json, load, loadWith, pod, policy, service } from './ask.ts'

/* S-054, S-055: ping. */

const pods = [pod('shop/web', { app: 'web' }), pod('shop/db', { app: 'db' })]
const from = (peer: Json, ports?: readonly Json[]): Json =>
  policy('shop/db', { ingress: [{ from: [peer], ...(ports && { ports }) }] })
const fromWeb = { podSelector: { matchLabels: { app: 'web' } } }
const closed = policy('shop/db', { policyTypes: ['Ingress'] })
const question = (to: string) => ({
  from: 'shop/web',
  to,
  port: undefined,
  protocol: 'icmp',
  namespace: 'default',
  settings: settingsOf({}),
})

const ping = (cni: string | undefined, to: string, ...objects: readonly Json[]) => {
  const world = loadWith(cni, ...pods, ...objects)
  const answer = reachWithAdvice(world, question(to), 'every rule')
  expect(verdictOfAll(findPaths(world, question(to)).paths)).toBe(answer.verdict)
  return answer
}

describe('S-054 S-055 ICMP', () => {
  it.each<[string, string | undefined, readonly Json[], string]>([
    ['without isolation', undefined, [], 'yes'],
    ['by a rule without ports', undefined, [from(fromWeb)], 'yes'],
    [
      'where no rule is for the source',
      undefined,
      [from({ podSelector: { matchLabels: { app: 'x' } } })],
      'undetermined',
    ],
    ['by a rule with ports', undefined, [from(fromWeb, [{ port: 80 }])], 'undetermined'],
    ['where nothing is let in', undefined, [closed], 'undetermined'],
    ['where nothing is let in, with a plugin that is known', 'calico', [closed], 'no'],
    ['by a rule with ports, with a plugin that is known', 'cilium', [from(fromWeb, [{ port: 80 }])], 'no'],
    ['by a rule without ports, with a plugin that is known', 'antrea', [from(fromWeb)], 'yes'],
    ['where nothing is let in, with a plugin of which it is not known', 'weave', [closed], 'undetermined'],
    ['where nothing is enforced', 'none', [closed], 'yes'],
    [
      'by the egress of the source',
      undefined,
      [policy('shop/web', { policyTypes: ['Egress'] })],
      'undetermined',
    ],
  ])('%s, --cni %s', (_, cni, objects, verdict) =>
    expect(ping(cni, 'shop/db', ...objects).verdict).toBe(verdict),
  )

  it('says why it is not known, and what would let it in whatever the plugin', () => {
    const { reason, message, port, suggestions } = ping(undefined, 'shop/db', closed)
    expect([reason, port]).toEqual(['UNDETERMINED_CNI_BEHAVIOUR', { protocol: 'ICMP' }])
    expect(message).toContain('NetworkPolicy does not define ICMP')
    expect(suggestions.map(({ manifest }) => manifest.includes('protocol'))).not.toContain(true)
    expect(suggestions.length).toBeGreaterThan(0)
    expect(ping(undefined, 'shop/db', from(fromWeb)).assumptions.map(({ code }) => code)).toContain(
      'ASSUMED_NO_PORTS_PROTOCOLS',
    )
    expect(ping('calico', 'shop/db', from(fromWeb)).assumptions.map(({ code }) => code)).not.toContain(
      'ASSUMED_NO_PORTS_PROTOCOLS',
    )
  })

  it('a Service translates ports, and ICMP has none', () => {
    const front = service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }] })
    const { verdict, message } = ping(undefined, 'shop/svc/db', front)
    expect([verdict, message]).toEqual([
      'no',
      'Service db forwards its ports only, and ICMP has none: ping one of its Pods instead',
    ])
    const headless = service('shop/db', { clusterIP: 'None', selector: { app: 'db' }, ports: [{ port: 80 }] })
    expect(ping(undefined, 'shop/svc/db', headless).verdict).toBe('yes')
    expect(ping(undefined, 'shop/svc/db', headless, closed).verdict).toBe('undetermined')
    expect(ping(undefined, '203.0.113.7').verdict).toBe('yes')
    expect(ping(undefined, 'api-server').verdict).toBe('yes')
  })

  it('the matrix and who-can-reach say the same', () => {
    const everyone = () => true
    const asked = portQuestion(undefined, undefined, 'icmp')
    const matrixOf = (cni: string | undefined, ...objects: readonly Json[]) => {
      const world = loadWith(cni, ...pods, ...objects)
      const report = matrixReport(world, { by: 'pod', asked, isSource: everyone, isDestination: everyone })
      const texts = (all: Iterable<{ from: string; to: string }> = []) =>
        [...all].map(one => `${one.from} ${one.to}`)
      return { open: texts(report.connections), undetermined: texts(report.undetermined) }
    }
    expect(matrixOf(undefined, closed).undetermined).toEqual(['shop/web shop/db', 'internet shop/db'])
    expect(matrixOf('calico', closed).undetermined).toEqual([])
    expect(matrixOf('calico', closed).open).not.toContain('shop/web shop/db')
    expect(matrixOf(undefined, from(fromWeb)).open).toContain('shop/web shop/db')
    const who = sourcesReport(load(...pods, closed), {
      to: 'shop/db',
      port: undefined,
      protocol: 'icmp',
      namespace: 'default',
      selector: undefined,
      by: 'pod',
    })
    expect([...who.sources].map(one => [one.from.id, one.verdict])).toEqual([
      ['shop/web', 'undetermined'],
      ['internet', 'undetermined'],
    ])
  })

  it('has no ports', () => {
    expect(() => portQuestion('80', undefined, 'icmp')).toThrow('ICMP has no ports')
    expect(() => portQuestion(undefined, '80/icmp', undefined)).toThrow('ICMP has no ports')
    for (const [name, port, protocol] of [
      [undefined, undefined, 'ICMP'],
      [undefined, 'icmp', undefined],
      ['ICMP', undefined, undefined],
      [undefined, 'icmp', 'icmp'],
    ] as const)
      expect(portQuestion(name, port, protocol)).toEqual({ protocol: 'ICMP', port: undefined })
    expect(() => portQuestion('icmp', undefined, 'udp')).toThrow('the protocol is given twice')
    expect(() => portQuestion('icmp', '80', undefined)).toThrow('the port is given twice')
  })
})
