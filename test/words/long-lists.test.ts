import { describe, expect, it } from 'vitest'
import { explain, load, whoCanReach } from '../../src/index.ts'

/*
 * A policy may have thousands of ports, blocks and labels: a sentence names a few and counts the rest.
 */

const MANY = Array.from({ length: 1000 }, (_, index) => index)
const pod = (name: string, address: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'c', image: 'c' }] },
  status: { podIP: address },
})
const worldOf = (rule: unknown) =>
  load([
    {
      path: 'world.json',
      text: JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          pod('a', '10.1.0.1'),
          pod('b', '10.1.0.2'),
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'p' },
            spec: { podSelector: { matchLabels: { app: 'b' } }, ingress: [rule] },
          },
        ],
      }),
    },
  ])

const BLOCKS = MANY.map(index => `10.2.${index >> 8}.${index & 255}/32`)

describe.each<[what: string, rule: unknown]>([
  ['ports', { ports: MANY.map(index => ({ port: 2 * index + 1 })) }],
  ['names of ports', { ports: MANY.map(index => ({ port: `port-${index}` })) }],
  ['blocks', { from: BLOCKS.map(cidr => ({ ipBlock: { cidr } })) }],
  ['exceptions', { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: BLOCKS } }] }],
  [
    'values of a label',
    {
      from: [
        {
          podSelector: {
            matchExpressions: [{ key: 'app', operator: 'In', values: MANY.map(index => `v${index}`) }],
          },
        },
      ],
    },
  ],
])('of %s', (_, rule) => {
  const world = worldOf(rule)
  const { message, steps, assumptions } = explain(world, { from: 'a', to: 'pod/b', port: 80, advice: false })

  it('a few are told', () => {
    const texts = steps.flatMap(step => [
      step.message,
      ...(step.policies ?? []).flatMap(({ rules }) => rules.flatMap(one => [one.text, one.message])),
      ...(step.nearMisses ?? []).map(one => one.message),
    ])
    for (const text of [message, ...texts, ...assumptions.map(one => one.message)])
      expect(text.length).toBeLessThan(600)
  })

  it('in lists as well', () => {
    const { assumptions: notes } = whoCanReach(world, { to: 'pod/b' })
    for (const note of notes) expect(note.message.length).toBeLessThan(600)
  })
})
