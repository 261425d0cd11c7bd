import { describe, expect, it } from 'vitest'
import { run } from '../cli/run.ts'
import {
  type Broken,
  db,
  denyAll,
  egressOf,
  ingressOf,
  namespace,
  pod,
  policy,
  web,
} from './broken/manifests.ts'
import { names } from './broken/names.ts'
import { peers } from './broken/peers.ts'
import { policies } from './broken/policies.ts'
import { ways } from './broken/ways.ts'

/*
 * What people get wrong in labs, in exams and on forums: the first line of the answer names it, and the help beside it what to do.
 */

const filesOf = (objects: readonly string[]) => ({ 'w.yaml': `${objects.join('\n---\n')}\n` })

describe('the first line names the cause', () => {
  it.each<Broken>([...policies, ...peers, ...names, ...ways])(
    '$what',
    async ({ objects, question, line, mend }) => {
      const { out, err } = await run(filesOf(objects), `can-reach ${question} -f w.yaml`)
      expect(out).toContain(line)
      if (mend === undefined) expect(err).not.toContain('help:')
      else expect(err).toContain(mend)
    },
  )
})

/** Policies that are for others, or whose Pods are in another folder: no reason to tell of them. */
const healthy: readonly (readonly [what: string, objects: readonly string[]])[] = [
  ['a policy for somebody else', [policy('shop/queue', ingressOf('queue', '- from: [{podSelector: {}}]'))]],
  ['a default deny of each namespace, and Pods of but one', [denyAll('ops'), denyAll('dev')]],
  [
    'a policy of another namespace that selects Pods there',
    [namespace('ops'), pod('ops/db', 'app: db'), policy('ops/db', ingressOf('db', '- ports: [{port: 1}]'))],
  ],
  [
    'a policy for all Pods of default, where there are some',
    [pod('default/x', 'app: x'), policy('default/deny-all', 'podSelector: {}\npolicyTypes: [Ingress]')],
  ],
  ['a policy for Pods with other numbers', [policy('shop/db-2', ingressOf('db-2', '- ports: [{port: 1}]'))]],
  [
    'a policy that would open it anyway',
    [policy('ops/db', ingressOf('db', '- from: [{namespaceSelector: {}}]'))],
  ],
  [
    'egress of somebody else to the same Pod',
    [policy('shop/cron', egressOf('cron', '- ports: [{port: 1}]'))],
  ],
  [
    'a policy without policyTypes for somebody else',
    [policy('shop/mail', 'podSelector: {matchLabels: {app: mail}}\negress: []')],
  ],
]

describe('nothing is told of policies that are for others', () => {
  it.each(healthy)('%s', async (_, objects) => {
    const { out, err } = await run(
      filesOf([web, db, ...objects]),
      'can-reach shop/web shop/db:5432 -f w.yaml',
    )
    expect(out).toBe('yes: shop/web -> shop/db TCP 5432: no policy isolates either end\n')
    expect(err).not.toContain('help:')
  })
})
