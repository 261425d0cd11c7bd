import { describe, expect, it } from 'vitest'
import { load } from '../../src/index.ts'

const policy = (expression: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {matchExpressions: [${expression}]}}\n`
const deployment = (selector: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: ${selector}, template: {metadata: {labels: {a: b}}}}\n`

describe('what has the wrong type is not empty', () => {
  it.each([
    ['values of an expression', policy('{key: app, operator: In, values: [y]}'), ['WRONG_TYPE']],
    ['values that are no list', policy('{key: app, operator: In, values: a}'), ['WRONG_TYPE']],
    ['no values', policy('{key: app, operator: In, values: []}'), ['REQUIRED_VALUE']],
    ['a label of a selector', deployment('{matchLabels: {a: yes}}'), ['WRONG_TYPE']],
    ['an empty selector', deployment('{matchLabels: {}}'), ['INVALID_VALUE']],
    [
      'ports of a Service that are no list',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: {port: 80}}\n',
      ['WRONG_TYPE'],
    ],
    [
      'rules of an Ingress that are no list',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: {host: a.b}}\n',
      ['WRONG_TYPE'],
    ],
    [
      'nameservers of the wrong type',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {dnsPolicy: None, dnsConfig: {nameservers: [1]}}\n',
      ['WRONG_TYPE'],
    ],
  ])('%s', (_, text, codes) => {
    const { diagnostics } = load([{ path: 'x.yaml', text }], { skipInvalid: true })
    expect(diagnostics.map(({ code }) => code)).toEqual(codes)
  })
})
