import { describe, expect, it } from 'vitest'
import { isLoopback, isValidName } from '../../src/path/destination.ts'
import { settingsOf } from '../../src/path/question.ts'

describe('--cluster-domain', () => {
  it.each([
    ['cluster.local', 'cluster.local'],
    ['Cluster.Local.', 'cluster.local'],
    ['k8s', 'k8s'],
    ['a.b-c.d0', 'a.b-c.d0'],
  ])('%s is the domain %s', (clusterDomain, domain) => {
    expect(settingsOf({ clusterDomain }).domain).toBe(domain)
  })

  it.each(['', '.', '-a', 'a-', 'a..b', '.a', 'a_b', 'a.-b', 'a b', '10.0.0.1'])(
    '%j is none',
    clusterDomain => {
      expect(() => settingsOf({ clusterDomain })).toThrow('is no DNS domain')
    },
  )
})

it.each([
  ['127.0.0.1', true],
  ['127.10.200.30', true],
  ['::1', true],
  ['1127.0.0.1', false],
  ['127.0.0.1.example.com', false],
  ['127.0.0', false],
  ['128.0.0.1', false],
  ['::12', false],
  ['fd00::1', false],
])('S-044 %s is an address of the loopback interface: %s', (name, is) => {
  expect(isLoopback(name)).toBe(is)
})

it.each([
  ['web', true],
  ['shop/web', true],
  ['10.0.0.7', true],
  ['fd00::7', true],
  ['10.0.0.7.example.com', true],
  ['v1.2', true],
  ['', false],
  ['10.0.0', false],
  ['10.0.0.300', false],
  ['web:80:81', false],
])('%j can be what is meant: %s', (name, is) => {
  expect(isValidName(name)).toBe(is)
})
