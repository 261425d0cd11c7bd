import { expect, it } from 'vitest'
import { run } from '../../cli/run.ts'

it.each<[string, string, 0 | 1]>([
  ['123456789012345678', '123456789012345678', 0],
  ['123456789012345678', '123456789012345679', 1],
  ['123456789012345678', '"123456789012345678"', 0],
  ['0x1B69B4BA630F34E', '"123456789012345678"', 0],
  ['017', '"15"', 0],
  ['017', '"17"', 1],
])(
  'a key that is a whole number is itself to 64 bits: the label %s, and %s wanted',
  async (own, wanted, exit) => {
    const manifests = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {${own}: a}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {}
  ingress: [{from: [{podSelector: {matchLabels: {${wanted}: a}}}]}]
`
    expect((await run({ 'a.yaml': manifests }, 'can-reach pod/web pod/db --port 80')).exit).toBe(exit)
  },
)
