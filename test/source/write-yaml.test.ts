import { expect, it } from 'vitest'
import { changedText } from '../../src/source/write-yaml.ts'

it('a block that begins with a colon is quoted, because kubectl reads none between braces', () => {
  const text = 'spec: {ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}\n'
  const value = { spec: { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] } }
  const item = { ipBlock: { cidr: '::/0' } }
  expect(changedText(text, value, [{ kind: 'append', at: ['spec', 'ingress', 0, 'from'], item }])).toBe(
    'spec: {ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::/0"}}]}]}\n',
  )
})
