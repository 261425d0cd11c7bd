import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import type { Suggestion } from '../../src/report/suggestion.ts'
import { type Json, load, pod, policy, service } from '../semantics/ask.ts'

const at = (address: string): Json => ({ status: { phase: 'Running', podIP: address } })
const db = pod('shop/db', { app: 'db' }, at('10.0.0.10'))
const closed = policy('shop/db', { podSelector: {}, policyTypes: ['Ingress'] }, 'closed')

function suggestions(from: string, to: string, ...objects: readonly Json[]): readonly Suggestion[] {
  const question = {
    from,
    to,
    port: to.includes(':') ? undefined : '5432',
    protocol: undefined,
    namespace: 'default',
    settings: settingsOf({}),
  }
  return reachWithAdvice(load(...objects), question, 'decisive').suggestions
}

describe('a suggestion', () => {
  it('for a block that has Pods in it is about that block, and not about all of the world', () => {
    const [first] = suggestions(
      '10.0.0.0/24',
      'shop/pod/db',
      db,
      pod('shop/web', { app: 'web' }, at('10.0.0.7')),
      closed,
    )
    expect(first?.manifest).toContain('cidr: 10.0.0.0/24')
    expect(first?.manifest).not.toContain('0.0.0.0/0')
    expect(first?.opens).toContain('10.0.0.0/24 -> shop/db TCP 5432')
  })

  it('for what is left of a block never reaches beyond it, whichever way it is written', () => {
    const web = pod('shop/web', { app: 'web' }, at('10.0.0.7'))
    const office = policy('shop/db', {
      ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 5432 }] }],
    })
    const all = suggestions('10.0.0.0/24', 'shop/pod/db', db, web, office)
    expect(all.length).toBeGreaterThan(1)
    for (const { manifest } of all) expect(manifest).not.toContain('0.0.0.0/0')
  })

  it('for the internet is one policy, in however many parts others cut it', () => {
    const office = policy('shop/db', {
      ingress: [{ from: [{ ipBlock: { cidr: '10.96.0.0/12' } }], ports: [{ port: 1 }] }],
    })
    const [first] = suggestions('internet', 'shop/pod/db', db, closed, office)
    expect(first?.manifest).toContain('cidr: 0.0.0.0/0')
    expect(first?.message).toContain('db-from-internet')
  })

  it('for a query to a DNS server allows that server, also where the name is made of an address', () => {
    const half = [{ to: [{ ipBlock: { cidr: '0.0.0.0/1' } }] }]
    const objects = [
      pod('shop/web', { app: 'web' }),
      policy('shop/deny', { podSelector: {}, policyTypes: ['Egress'], egress: half }),
    ]
    const question = { from: 'shop/web', to: '200-0-0-1.shop.pod:8080', port: undefined, protocol: undefined }
    const settings = settingsOf({ dns: '169.254.20.10' })
    const [first] = reachWithAdvice(
      load(...objects),
      { ...question, namespace: 'shop', settings },
      'decisive',
    ).suggestions
    expect(first?.opens).toEqual(['shop/web -> 169.254.20.10/32, 200.0.0.1/32 TCP 53, 8080; UDP 53'])
  })

  it('opens one port before it opens all', () => {
    const rules = {
      ingress: [
        { from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] },
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.1.0/24'] } }], ports: [{ port: 5432 }] },
      ],
    }
    const all = suggestions('10.0.1.7', 'shop/pod/db', db, policy('shop/db', rules))
    expect(all[0]?.message).toMatch(/^in db ingress\[1\]/)
    expect(all[0]?.opens).toEqual(['10.0.1.7/32 -> shop/db TCP 5432'])
  })

  it('says which Services a label leads to the Pod, and comes after those that do no such thing', () => {
    const batch = pod('shop/batch', { app: 'batch' })
    const front = pod('shop/front', { app: 'front', role: 'client' })
    const svc = service('shop/front', { selector: { role: 'client' }, ports: [{ port: 80 }] })
    const fromClients = policy('shop/db', {
      ingress: [{ from: [{ podSelector: { matchLabels: { role: 'client' } } }] }],
    })
    const all = suggestions('shop/batch', 'shop/pod/db', db, batch, front, svc, fromClients)
    expect(all.map(({ also }) => also).findIndex(also => also.length > 0)).toBe(all.length - 1)
    expect(all.at(-1)?.also).toEqual(['Service shop/front gets shop/batch as an endpoint'])
  })

  it('is not given to who asks without a port and finds some open', () => {
    const some = policy('shop/db', { ingress: [{ ports: [{ port: 1 }] }] })
    const question = { from: 'shop/web', to: 'shop/pod/db', port: undefined, protocol: undefined }
    const { verdict, suggestions: none } = reachWithAdvice(
      load(db, pod('shop/web'), some),
      { ...question, namespace: 'default', settings: settingsOf({}) },
      'decisive',
    )
    expect([verdict, none]).toEqual(['partial', []])
  })

  it('tells that what is opened to the cluster’s DNS Pods is opened', () => {
    const web = pod('shop/web', { app: 'web' })
    const out = policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] })
    const svc = service('shop/db', { selector: { app: 'db' }, ports: [{ port: 5432 }] })
    const [first] = suggestions('shop/web', 'db.shop:5432', web, db, svc, out)
    expect(first?.opens).toEqual([
      'shop/web -> kube-system/kube-dns~ TCP 53; UDP 53',
      'shop/web -> shop/db TCP 5432',
    ])
  })
})
