import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import type { Cause } from '../../src/report/report.ts'
import { type Json, load, pod, policy } from '../semantics/ask.ts'

const web = pod('shop/web', { app: 'web' })
const db = pod('shop/db', { app: 'db' })
const PEERS = [{ podSelector: { matchLabels: { app: 'web' } } }]
const fromWeb = { from: PEERS }
const toDb = { to: [{ podSelector: { matchLabels: { app: 'db' } } }] }
const closed = (name: string) => policy('shop/db', { policyTypes: ['Ingress'] }, name)
const shut = policy('shop/web', { policyTypes: ['Egress'] }, 'shut')

function causeOf(...policies: readonly Json[]): Cause | undefined {
  const question = {
    from: 'shop/web',
    to: 'shop/pod/db',
    port: '80',
    protocol: undefined,
    namespace: 'default',
    settings: settingsOf({}),
  }
  return reachWithAdvice(load(web, db, ...policies), question, 'decisive').cause
}

describe('the cause of a no', () => {
  it.each<[what: string, policies: readonly Json[], alone: readonly string[], words: RegExp]>([
    [
      'is the policy that alone refuses',
      [closed('a')],
      ['a yes'],
      /^it is a \(.*\) alone: without it the answer would be yes$/,
    ],
    [
      'is no policy alone, where two refuse on one side',
      [closed('a'), closed('b')],
      ['a no', 'b no'],
      /^no policy alone: only without a .* and b .* together would the answer be yes$/,
    ],
    [
      'is one of each side, where both refuse',
      [closed('a'), shut],
      ['a no', 'shut no'],
      /^no policy alone: only without a .* and shut .* together/,
    ],
  ])('%s', (_, policies, alone, words) => {
    const cause = causeOf(...policies)
    expect(cause?.policies.map(({ name, without }) => `${name} ${without}`)).toEqual(alone)
    expect(cause?.message).toMatch(words)
  })
})

describe('the cause of a yes', () => {
  it.each<[what: string, policies: readonly Json[], rules: readonly string[], words: RegExp]>([
    [
      'is that nobody isolates either end',
      [],
      [],
      /^no policy isolates the source for egress or the destination for ingress$/,
    ],
    [
      'is the rule that alone opens it',
      [policy('shop/db', { ingress: [fromWeb, { from: [{ podSelector: {} }], ports: [{ port: 1 }] }] })],
      ['db[0] no'],
      /^kept open by db ingress\[0\] \(.*\): if it did not open it, the answer would be no$/,
    ],
    [
      'is one rule of each side',
      [
        policy('shop/db', { ingress: [fromWeb] }),
        policy('shop/web', { policyTypes: ['Egress'], egress: [toDb] }),
      ],
      ['web[0] no', 'db[0] no'],
      /^kept open by web egress\[0\].*; kept open by db ingress\[0\]/,
    ],
    [
      'is either of two rules of one side',
      [policy('shop/db', { ingress: [fromWeb, {}] })],
      [],
      /^open for ingress by db ingress\[0\] \(.*\) or db ingress\[1\] \(.*\), none of them needed$/,
    ],
  ])('%s', (_, policies, rules, words) => {
    const cause = causeOf(...policies)
    expect(cause?.policies.map(({ name, rule, without }) => `${name}[${rule}] ${without}`)).toEqual(rules)
    expect(cause?.message).toMatch(words)
  })
})
