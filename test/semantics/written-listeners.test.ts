import { describe, expect, it } from 'vitest'
import { waysIn } from '../../src/path/http/ways-in.ts'
import { ask, type Json } from './ask.ts'
import { ALB, facing, HOST, main, world } from './ingress-world.ts'

/* On which ports a load balancer listens for an Ingress, where annotations of that say so. */

const LISTEN = `${ALB}/listen-ports`
const alb = (ports?: string, name = 'main', more: Json = {}): Json =>
  main('alb', { ...facing, ...(ports !== undefined && { [LISTEN]: ports }), ...more }, name)
const gce = (annotations: Json): Json => main('gce', annotations)
const SECURE = '[{"HTTPS": 443}]'

describe('ports that a load balancer listens on', () => {
  it.each<[string, objects: readonly Json[], http: string, https: string]>([
    ['AWS, unless it is said', [alb()], 'yes', 'yes'],
    ['AWS, HTTPS alone', [alb(SECURE)], 'no', 'yes'],
    ['AWS, both', [alb('[{"HTTP": 80}, {"HTTPS": 443}]')], 'yes', 'yes'],
    ['AWS, both in one', [alb('[{"HTTP": 80, "HTTPS": 443}]')], 'yes', 'yes'],
    ['AWS, others', [alb('[{"HTTP": 8080}]')], 'no', 'no'],
    ['AWS, none', [alb('[]')], 'yes', 'yes'],
    ['AWS, in a form that cannot be read', [alb('443')], 'yes', 'yes'],
    ['AWS, of another protocol', [alb('[{"TLS": 443}]')], 'yes', 'yes'],
    ['AWS, by two Ingresses', [alb('[{"HTTP": 80}]', 'plain'), alb(SECURE)], 'yes', 'yes'],
    ['AWS’s, for another controller', [main('nginx', { [LISTEN]: SECURE })], 'yes', 'yes'],
    ['Google, unless it is said', [gce({})], 'yes', 'yes'],
    ['Google, without HTTP', [gce({ 'kubernetes.io/ingress.allow-http': 'false' })], 'no', 'yes'],
    ['Google, with HTTP', [gce({ 'kubernetes.io/ingress.allow-http': 'true' })], 'yes', 'yes'],
  ])('%s', (_, objects, http, https) => {
    const loaded = world(...objects)
    const verdictOf = (scheme: string): string => ask(loaded, `internet -> ${scheme}://${HOST}/`).verdict
    expect([verdictOf('http'), verdictOf('https')]).toEqual([http, https])
  })

  it('are named', () => {
    const { message, symptom, reason } = ask(world(alb(SECURE)), `internet -> http://${HOST}/`)
    expect({ message, symptom, reason }).toEqual({
      message: `the load balancer of shop/ingress/main does not listen on port 80, but on 443 (${LISTEN})`,
      symptom: 'connection times out',
      reason: 'NO_ROUTE',
    })
  })

  it.each<[string, ports: string | undefined, scheme: string, port: number]>([
    ['none', undefined, 'http', 80],
    ['both', '[{"HTTP": 80}, {"HTTPS": 443}]', 'http', 80],
    ['HTTPS', SECURE, 'https', 443],
    ['another', '[{"HTTP": 8080}]', 'http', 8080],
  ])('the way in is by one that is written: %s', (_, ports, scheme, port) =>
    expect(waysIn(world(alb(ports))).map(({ request }) => request)).toMatchObject([{ scheme, port }]),
  )
})
