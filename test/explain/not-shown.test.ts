import { describe, expect, it } from 'vitest'
import { notShownText } from '../../src/words/policies.ts'
import { ask, type Json, load, pod, policy } from '../semantics/ask.ts'

const api: Json = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name: 'api' },
  spec: {
    selector: { matchLabels: { app: 'api' } },
    template: { metadata: { labels: { app: 'api' } }, spec: { containers: [] } },
  },
}

describe('how much is not shown beside the nearest', () => {
  const selecting = (labels: Json): Json => ({ podSelector: { matchLabels: labels } })
  const ofPort = (port: number): Json => ({ ports: [{ port }] })
  const unrelated: Json = { from: [selecting({ app: 'x', tier: 'y', zone: 'z' })], ports: [{ port: 1 }] }
  const unsure = { podSelector: { matchLabels: { 'pod-template-hash': 'abc' } } }
  it.each<[what: string, ingress: readonly Json[], text: string]>([
    ['nothing', [ofPort(5433)], ''],
    [
      'rules that are near, and one that is not',
      [ofPort(5433), ofPort(5434), unrelated],
      'and 1 other near miss and 1 other rule (-v shows all)',
    ],
    [
      'more rules that are near than are reported',
      Array.from({ length: 13 }, (_, at) => ofPort(at + 1)),
      'and 12 other near misses (-v shows all)',
    ],
    [
      'a rule that may match by one peer, and does not by another',
      [{ from: [unsure, selecting({ app: 'apj' })] }, unrelated, unrelated],
      'and 2 other rules (-v shows all)',
    ],
  ])('%s', (_what, ingress, text) => {
    const { steps } = ask(
      load(api, pod('shop/db', { app: 'db' }), policy('shop/db', { ingress })),
      'shop/api -> shop/db:5432',
    )
    const [step] = steps.filter(one => one.step === 'ingress')
    expect(step === undefined ? undefined : notShownText(step)).toBe(text)
  })
})
