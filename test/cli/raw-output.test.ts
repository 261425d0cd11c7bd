import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const POD = 'apiVersion: v1\nkind: Pod\n'

describe('nothing of a manifest reaches a terminal raw', () => {
  const ESC = String.fromCharCode(27)
  const nasty = String.raw`x\e[31m\nNAME`
  const files = {
    'x.yaml': `${POD}metadata:
  name: x
  ownerReferences: [{apiVersion: v1, kind: "${nasty}", name: "${nasty}", controller: true}]
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: front
  annotations: {kubernetes.io/ingress.class: "${nasty}"}
spec:
  defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: "${nasty}"}}
  rules: [{http: {paths: [{path: "/${nasty}", pathType: ImplementationSpecific, backend: {service: {name: s, port: {number: 80}}}}]}}]
`,
  }

  it.each(['get pods -o wide', 'get ing', 'describe pod x', 'describe ing front'])('%s', async question => {
    const { exit, out } = await run(files, question)
    expect(exit).toBe(0)
    expect(out).not.toContain(ESC)
    expect(out).toContain(String.raw`x\u{1b}[31m\u{a}NAME`)
  })

  it.each(['json', 'yaml'])('nor with -o %s, of what JSON and YAML let pass', async form => {
    const odd = `${POD}metadata: {name: "a\\u009b31m\\u202e"}\n`
    const { exit, out } = await run({ 'x.yaml': odd }, `matrix -o ${form}`)
    expect(exit).toBe(2)
    expect(out).toContain(String.raw`a\u009b31m\u202e`)
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })

  it('nor of what was typed', async () => {
    const { exit, err } = await run(files, `get pods -n x${ESC}[31m`)
    expect(exit).toBe(2)
    expect(err).toContain('no namespace can be called `x\\u{1b}[31m`')
  })
})
