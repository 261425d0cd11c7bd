import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import type { Suggestion } from '../../src/report/suggestion.ts'
import type { World } from '../../src/world/world.ts'
import { type Json, load, node, pod, policy, service } from '../semantics/ask.ts'

/*
 * Which suggestion comes first, what is in its manifest and what is never suggested. That it works is for the laws.
 */

const at = (...addresses: readonly string[]): Json => ({
  status: { phase: 'Running', podIP: addresses[0], podIPs: addresses.map(ip => ({ ip })) },
})
const listening = (...numbers: readonly number[]) => ({
  ports: numbers.map(containerPort => ({ containerPort })),
})
const web = pod('shop/web', { app: 'web' })
const db = pod('shop/db', { app: 'db' })
const fromApp = (app: string, more: Json = {}): Json => ({
  from: [{ podSelector: { matchLabels: { app } } }],
  ...more,
})
const fromClients: Json = { from: [{ podSelector: { matchLabels: { role: 'client' } } }] }
const on5432: Json = { ports: [{ port: 5432 }] }

function ask(world: World, question: string): readonly Suggestion[] {
  const [from = '', to = ''] = question.split(' -> ')
  const typed = { from, to, port: undefined, protocol: undefined, namespace: 'default' }
  return reachWithAdvice(world, { ...typed, settings: settingsOf({}) }, 'decisive').suggestions
}

const messages = (all: readonly Suggestion[]): readonly string[] => all.map(({ message }) => message)

describe('the first suggestion', () => {
  it('opens least, whatever is nearest', () => {
    // The typo is in a rule for all ports.
    const all = ask(
      load(web, db, policy('shop/db', { ingress: [fromApp('wbe')] })),
      'shop/web -> shop/pod/db:5432',
    )
    expect(messages(all)[0]).toMatch(/^a new NetworkPolicy|^add to db/)
    expect(all[0]?.opens).toEqual(['shop/web -> shop/db TCP 5432'])
    expect(messages(all).at(-1)).toMatch(/write app: web$/)
    expect(all.at(-1)?.opens).toEqual(['shop/web -> shop/db all'])
  })

  it('is the nearest, where it opens no more than others', () => {
    const all = ask(
      load(web, db, policy('shop/db', { ingress: [fromApp('wbe', on5432)] })),
      'shop/web -> shop/pod/db:5432',
    )
    expect(messages(all)[0]).toMatch(/^in db ingress\[0\] .*: write app: web$/)
  })

  it('is not the first near miss, where another one opens less', () => {
    const rules = [fromApp('wbe'), fromApp('wbe', on5432)]
    const all = ask(load(web, db, policy('shop/db', { ingress: rules })), 'shop/web -> shop/pod/db:5432')
    expect(messages(all)[0]).toMatch(/^in db ingress\[1\] .*: write app: web$/)
    expect(messages(all).filter(text => text.startsWith('in db'))).toHaveLength(1)
    // Both near misses are of the same reason and want the same, each at a place of its own.
    expect(all[0]?.fixes).toEqual([expect.stringMatching(/ingress\[1\]/)])
  })

  it('closes nothing that somebody may use', () => {
    // With the label the Pod would be isolated for egress.
    const front = pod('shop/front', { app: 'front', role: 'client' })
    const clients = policy('shop/db', { ingress: [{ ...fromClients, ...on5432 }] })
    const guard = policy(
      'shop/guard',
      {
        podSelector: { matchLabels: { role: 'client' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }],
      },
      'guard',
    )
    const all = ask(load(web, front, db, clients, guard), 'shop/web -> shop/pod/db:5432')
    expect(all[0]?.closes).toEqual([])
    expect(messages(all).at(-1)).toMatch(/^label shop\/web role=client/)
    expect(all.at(-1)?.closes).not.toEqual([])
  })

  it('opens more ports before it opens more endpoints', () => {
    const front = pod('shop/front', { app: 'front', role: 'client' })
    const rules = [fromApp('wbe'), { ...fromClients, ...on5432 }]
    const other = policy('shop/cache', { ingress: [{ ...fromClients, ports: [{ port: 6379 }] }] })
    const world = load(
      web,
      front,
      db,
      pod('shop/cache', { app: 'cache' }),
      policy('shop/db', { ingress: rules }),
      other,
    )
    const all = ask(world, 'shop/web -> shop/pod/db:5432')
    const [typo, label] = [/write app: web$/, /^label shop\/web role=client/].map(text =>
      messages(all).findIndex(message => text.test(message)),
    )
    expect(all[typo ?? -1]?.opens).toEqual(['shop/web -> shop/db all'])
    expect(all[label ?? -1]?.opens).toEqual([
      'shop/web -> shop/cache TCP 6379',
      'shop/web -> shop/db TCP 5432',
    ])
    expect(typo).toBeLessThan(label ?? -1)
  })

  it('may close what nobody listens on', () => {
    // The rule is for the port of the Service.
    const svc = service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 8080 }] })
    const rule = fromApp('web', { ports: [{ port: 80 }] })
    const [first] = ask(
      load(web, pod('shop/db', { app: 'db' }, listening(8080)), svc, policy('shop/db', { ingress: [rule] })),
      'shop/web -> shop/svc/db:80',
    )
    expect(first?.message).toMatch(/write port: 8080$/)
    expect(first?.closes).toEqual(['shop/web -> shop/db TCP 80'])
  })

  it('goes by as few labels as mean just the Pods that are asked for', () => {
    const closed = policy('shop/db', { policyTypes: ['Ingress'], ingress: [fromApp('api')] })
    const labeled = (team: string, name = team) => pod(`shop/${name}`, { app: 'web', team })
    const [alone] = ask(load(labeled('a'), db, closed), 'shop/a -> shop/pod/db:5432')
    expect(alone?.manifest).toContain('app: web')
    expect(alone?.manifest).not.toContain('team')
    const [beside] = ask(load(labeled('a'), labeled('b'), db, closed), 'shop/a -> shop/pod/db:5432')
    expect(beside?.manifest).toContain('team: a')
    expect(beside?.opens).toEqual(['shop/a -> shop/db TCP 5432'])
  })

  it('leads no Service to other Pods', () => {
    const front = pod('shop/front', { app: 'front', role: 'client' })
    const svc = service('shop/front', { selector: { role: 'client' }, ports: [{ port: 80 }] })
    const clients = policy('shop/db', { ingress: [{ ...fromClients, ...on5432 }] })
    const all = ask(load(web, front, svc, db, clients), 'shop/web -> shop/pod/db:5432')
    expect(all[0]?.services).toEqual([])
    expect(all.at(-1)?.services).toEqual([{ service: 'shop/front', change: 'gets', endpoint: 'shop/web' }])
  })
})

describe('what is suggested', () => {
  it('is never a rule in a policy for all Pods of a namespace', () => {
    const everyone = policy('shop/all', { podSelector: {}, ingress: [fromApp('api')] }, 'all')
    const all = ask(load(web, db, everyone), 'shop/web -> shop/pod/db:5432')
    expect(all).not.toEqual([])
    for (const { facts } of all) expect(facts.map(({ kind }) => kind)).not.toContain('new-rule')
    const own = policy('shop/db', { ingress: [fromApp('api')] })
    const [rule] = ask(load(web, db, everyone, own), 'shop/web -> shop/pod/db:5432').flatMap(({ facts }) =>
      facts.filter(({ kind }) => kind === 'new-rule'),
    )
    expect(rule).toMatchObject({ policy: 'db' })
  })

  it('is one rule for the Pods of a workload, and for the ports of a Service', () => {
    const replicas: readonly Json[] = ['1', '2'].map(name => pod(`shop/db-${name}`, { app: 'db' }))
    const svc = service('shop/db', {
      selector: { app: 'db' },
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    })
    const closed = policy('shop/db', { policyTypes: ['Ingress'] })
    const [first] = ask(load(web, ...replicas, svc, closed), 'shop/web -> shop/svc/db')
    expect(first?.facts).toHaveLength(1)
    expect(first?.facts[0]).toMatchObject({
      opens: { direction: 'ingress', ports: [{ number: 80 }, { number: 81 }] },
    })
    expect(first?.manifest.split('---\n')).toHaveLength(1)
    expect(first?.opens).toEqual(['shop/web -> shop/db-1 TCP 80-81', 'shop/web -> shop/db-2 TCP 80-81'])
  })

  it('opens what still refuses when the first side is open, such as the other IP family', () => {
    const host = pod(
      'shop/host',
      { app: 'host' },
      { spec: { hostNetwork: true, nodeName: 'n1' }, ...at('10.1.0.1', 'fd01::1') },
    )
    const dual = pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n2' }, ...at('10.0.0.1', 'fd00::1') })
    const closed = policy('shop/db', { policyTypes: ['Ingress'] })
    const world = load(host, dual, node('n1', '10.1.0.1'), node('n2', '10.1.0.2'), closed)
    const [first] = ask(world, 'shop/host -> shop/pod/db:5432')
    expect(first?.manifest).toContain('cidr: 10.1.0.1/32')
    expect(first?.manifest).toContain('cidr: fd01::1/128')
  })

  it('is never what a cluster would refuse', () => {
    // The selector of a Deployment has to match the labels of its Pods.
    const deployment: Json = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'front', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: 'front' } },
        template: {
          metadata: { labels: { app: 'front' } },
          spec: { containers: [{ name: 'c', image: 'c' }] },
        },
      },
    }
    const api = pod('shop/api', { app: 'api' })
    const all = ask(
      load(deployment, api, db, policy('shop/db', { ingress: [fromApp('api', on5432)] })),
      'shop/deploy/front -> shop/pod/db:5432',
    )
    expect(all).not.toEqual([])
    expect(messages(all).filter(text => text.includes('label'))).toEqual([])
  })

  it('has nothing in its manifest that only a cluster writes', () => {
    const ofServer: Json = {
      uid: 'a',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [],
      selfLink: '/x',
      ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x' }],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'shop.example/kept': 'yes' },
    }
    const served = ({ metadata, ...rest }: Json): Json => ({
      ...rest,
      metadata: { ...(metadata as Json), ...ofServer },
      status: {},
    })
    const rules = policy('shop/db', { ingress: [fromApp('wbe', on5432)] })
    const [first] = ask(load(web, db, served(rules)), 'shop/web -> shop/pod/db:5432')
    expect(first?.message).toContain('write app: web')
    const manifest = first?.manifest ?? ''
    for (const field of [
      ...Object.keys(ofServer).filter(key => key !== 'annotations'),
      'last-applied',
      'status',
    ])
      expect(manifest).not.toContain(field)
    expect(manifest).toContain('shop.example/kept')
  })
})
