import { describe, expect, it } from 'vitest'
import { matrix } from '../../src/index.ts'
import { drawnAs, FROM, INGRESS, POLICY, SHOP, WEB, world } from './routed-world.ts'

/* The matrix: several routes that lead to one Pod, on several ports, and what is open there besides. */

const path = (at: string, port: number): string =>
  `{path: ${at}, pathType: Prefix, backend: {service: {name: web, port: {number: ${port}}}}}`
const to = (name: string, ...paths: readonly string[]): string =>
  INGRESS(name, `rules: [{host: ${name}.example.com, http: {paths: [${paths.join(', ')}]}}]`)
const OTHER = to('other', path('/', 81))
/** Of a controller that is not known. */
const UNKNOWN = OTHER.replace('nginx', 'acme')
const nginxAnd = (port: number): string =>
  POLICY(
    `ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]}, {ports: [{port: ${port}}]}]`,
  )
const told = (...objects: readonly string[]) =>
  matrix(world(...SHOP, ...objects)).routed?.map(({ open, via }) => [
    via.id,
    via.verdict,
    open === 'all' ? open : open.flatMap(({ ports }) => ports.map(range => range.join('-'))),
  ])
const cellOf = async (...objects: readonly string[]): Promise<string | undefined> => {
  const drawn = await drawnAs(matrix(world(...SHOP, ...objects)), 'text')
  return /^internet \S+ (.*)$/m.exec(drawn)?.[1]
}

describe('several routes to one Pod', () => {
  it('are all in its cell, and in the data', async () => {
    expect(await cellOf(WEB, OTHER, FROM('ingress-nginx'))).toBe('8080,8081^')
    expect(told(WEB, OTHER, FROM('ingress-nginx'))).toEqual([
      ['shop/ingress/web', 'yes', ['8080-8080']],
      ['shop/ingress/other', 'yes', ['8081-8081']],
    ])
  })

  it.each([
    ['first', [UNKNOWN, WEB]],
    ['last', [WEB, UNKNOWN]],
  ])('what is sure counts, whether what is not comes %s', async (_, routes) =>
    expect(await cellOf(...routes, FROM('ingress-nginx'))).toBe('8080^'),
  )

  it('of one object, what is sure and what is not are told apart', () => {
    const mixed = to(
      'mixed',
      path('/', 80),
      path("'/xyz(.*)'", 81).replace('Prefix', 'ImplementationSpecific'),
    )
    expect(told(mixed.replace('nginx', 'traefik'), FROM('traefik'))).toEqual([
      ['shop/ingress/mixed', 'yes', ['8080-8080']],
      ['shop/ingress/mixed', 'undetermined', ['8080-8081']],
    ])
  })

  it('are beside what is open without them', async () => {
    expect(await cellOf(WEB, OTHER, nginxAnd(8081))).toBe('8081 8080^')
    expect(await cellOf(WEB, nginxAnd(8080))).toBe('8080')
  })
})
