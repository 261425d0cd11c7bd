import { describe, expect, it } from 'vitest'
import { ask, type Json, load, pod, policy } from '../semantics/ask.ts'

describe('S-303 the cause of an answer that cannot be told', () => {
  const key = 'pod-template-hash'
  const deployment = (name: string): Json => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [] } },
    },
  })
  /** A policy that may select shop/web. */
  const perhaps = (name: string, ...ingress: readonly Json[]): Json =>
    policy('shop/web', { podSelector: { matchLabels: { [key]: 'abc' } }, ingress }, name)
  /** One that surely does. */
  const surely = (name: string, ...ingress: readonly Json[]): Json => policy('shop/web', { ingress }, name)
  const port = (number: number): Json => ({ ports: [{ port: number }] })
  const unsurePeer: Json = { from: [{ podSelector: { matchLabels: { [key]: 'abc' } } }] }

  it.each<[what: string, policies: readonly Json[], about: string, cause: string]>([
    ['may be isolated', [perhaps('first')], 'isolation', 'first'],
    ['may be isolated by either', [perhaps('first'), perhaps('second')], 'isolation', 'first'],
    [
      'may be isolated by a policy that allows it, and by one that does not',
      [perhaps('first', port(80)), perhaps('second', port(81))],
      'isolation',
      'second',
    ],
    [
      'isolated: one without a rule for the port changes nothing',
      [perhaps('first', port(81)), surely('second'), perhaps('third', port(80))],
      'isolation',
      'third',
    ],
    [
      'isolated by a policy with a peer that may match',
      [perhaps('first'), surely('second', unsurePeer)],
      'peers',
      'second',
    ],
    [
      'isolated, and both a rule and a policy may allow it',
      [perhaps('first', port(80)), surely('second', unsurePeer)],
      'isolation',
      'first',
    ],
  ])('%s', (_what, policies, about, cause) => {
    const world = load(deployment('client'), deployment('web'), ...policies)
    const { verdict, reason, facts } = ask(world, 'shop/client -> shop/web:80')
    const named = about === 'isolation' ? { policy: { name: cause } } : { rule: { policy: { name: cause } } }
    expect({ verdict, reason, facts }).toMatchObject({
      verdict: 'undetermined',
      reason: 'UNDETERMINED_LABEL',
      facts: { about, ...named },
    })
  })

  it.each<[what: string, policies: readonly Json[], rest: string, symptomCode: string]>([
    [
      'all that is not open',
      [perhaps('first', port(80))],
      'and whether the rest is open is not known',
      'unknown',
    ],
    [
      'some of what is not open',
      [surely('first', port(80)), perhaps('second', port(81))],
      'and no rule the rest, but whether TCP 81 is open is not known',
      'times-out-on-some-ports',
    ],
    [
      'nothing',
      [surely('first', port(80)), perhaps('second', port(80))],
      'and no rule the rest',
      'times-out-on-some-ports',
    ],
  ])('is told beside what is open: %s', (_what, policies, rest, symptomCode) => {
    const {
      verdict,
      message,
      symptomCode: symptom,
    } = ask(load(deployment('web'), pod('shop/client'), ...policies), 'shop/client -> shop/web')
    expect([verdict, symptom]).toEqual(['partial', symptomCode])
    expect(message.endsWith(rest)).toBe(true)
  })

  it('is no reason to say what a client sees where one of several endpoints may not answer', () => {
    const service: Json = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    }
    const other = pod('shop/other', { app: 'web' })
    const world = load(deployment('web'), other, pod('shop/client'), service, perhaps('first'))
    const { verdict, symptomCode } = ask(world, 'shop/client -> shop/svc/web:80')
    expect([verdict, symptomCode]).toEqual(['partial', 'unknown'])
  })
})
