import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/engine/evaluate.ts'
import type { Identity, PodIdentity } from '../../src/engine/evidence.ts'
import { failures } from '../../src/engine/match.ts'
import { policyIndex } from '../../src/engine/policy-index.ts'
import { UNKNOWABLE } from '../../src/model/labels.ts'
import { type Json, load, policy } from '../semantics/ask.ts'
import { block } from './identities.ts'

const POD: PodIdentity = {
  kind: 'pod',
  namespace: 'shop',
  namespaceLabels: new Map(),
  labels: new Map<string, string | typeof UNKNOWABLE>([
    ['app', 'db'],
    ['pod-template-hash', UNKNOWABLE],
  ]),
  ports: [],
  address: undefined,
}
const ADDRESS: Identity = { kind: 'address', addresses: block('203.0.113.9/32') }
const directions = (...policies: readonly Json[]) =>
  load(...policies).policyObjects.flatMap(one => one.directions)

describe('a Pod is isolated', () => {
  const ingressOf = (...policies: readonly Json[]) =>
    evaluate(policyIndex(directions(...policies)), ADDRESS, POD).ingress?.surelyIsolated
  const byHash = { podSelector: { matchLabels: { 'pod-template-hash': 'x' } } }
  it.each<[what: string, policies: readonly Json[], isolated: boolean]>([
    ['by no policy', [], false],
    ['by a policy that selects it', [policy('shop/db', {})], true],
    ['by no policy for another direction', [policy('shop/db', { policyTypes: ['Egress'] })], false],
    ['by no policy that only may select it', [policy('shop/db', byHash)], false],
    ['by one of two', [policy('shop/db', byHash, 'may'), policy('shop/db', {})], true],
  ])('%s', (_, policies, isolated) => {
    expect(ingressOf(...policies)).toBe(isolated)
  })

  it('and what is no Pod has no policies of its own (S-043)', () => {
    const { egress, ingress } = evaluate(policyIndex([]), ADDRESS, POD)
    expect([egress, ingress?.direction]).toEqual([undefined, 'ingress'])
    expect(evaluate(policyIndex([]), POD, ADDRESS).ingress).toBeUndefined()
  })
})

it('a label whose value nobody knows has no value in the trace', () => {
  const at = { file: { path: 'x.yaml', text: '' }, document: 0, path: [] }
  const requirement = (key: string) => ({ key, operator: 'In', values: ['x'], at }) as const
  const selector = { at, requirements: [requirement('app'), requirement('pod-template-hash')] }
  expect(failures(selector, POD.labels).map(({ actual, matches }) => [actual, matches])).toEqual([
    ['db', 'no'],
    [undefined, 'unknown'],
  ])
})
