import { expect } from 'vitest'
import type { Reachability } from '../../src/report/report.ts'
import { ask, type Json, loadWith, node, pod } from './ask.ts'

/*
 * Questions put to clusters with this network plugin and that one. A row says which codes the answer carries, of those that
 * are about plugins.
 */

type Row = readonly [
  cni: string | undefined,
  question: string,
  verdict: Reachability['verdict'],
  codes: readonly string[],
]

/** What has nothing to do with the plugin. */
const ELSEWHERE = ['ASSUMED_NAMESPACE', 'ASSUMED_POD_IP', 'ASSUMED_CLIENT_IP', 'ASSUMED_API_SERVER']

export function expectAnswers(objects: readonly Json[], rows: readonly Row[]): void {
  const answers = rows.map(([cni, question]): Row => {
    const { verdict, assumptions } = ask(loadWith(cni, ...objects), question)
    const codes = assumptions.map(({ code }) => code).filter(code => !ELSEWHERE.includes(code))
    return [cni, question, verdict, codes]
  })
  expect(answers).toEqual(rows)
}

export const said = (
  cni: string | undefined,
  objects: readonly Json[],
  question: string,
): readonly string[] => ask(loadWith(cni, ...objects), question).assumptions.map(({ message }) => message)

export const at = (podIP: string, nodeName = 'n1'): { readonly spec: Json; readonly status: Json } => ({
  spec: { nodeName },
  status: { podIP },
})

export const web = pod('shop/web', { app: 'web' }, at('10.0.0.1'))
export const db = pod(
  'shop/db',
  { app: 'db' },
  { ...at('10.0.0.2', 'n2'), ports: [{ name: 'sql', containerPort: 5432 }] },
)
export const onHost = pod(
  'kube-system/agent',
  { app: 'agent' },
  {
    spec: { nodeName: 'n1', hostNetwork: true },
    status: { podIP: '192.168.0.1' },
  },
)
export const nodes = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
export const fromTo = (peers: readonly Json[], ports?: readonly Json[]): Json => ({
  policyTypes: ['Ingress'],
  ingress: [{ from: peers, ...(ports && { ports }) }],
})
export const to = (...peers: readonly Json[]): Json => ({ policyTypes: ['Egress'], egress: [{ to: peers }] })
export const block = (cidr: string, ...except: readonly string[]): Json => ({ ipBlock: { cidr, except } })
