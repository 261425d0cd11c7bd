import { describe, expect, it } from 'vitest'
import { type Json, load, policy, refusals } from '../../semantics/ask.ts'

const withPort = (port: Json): Json => policy('shop/db', { ingress: [{ ports: [port] }] })
const withPeer = (peer: Json): Json => policy('shop/db', { ingress: [{ from: [peer] }] })

describe('what is told of a policy that is refused', () => {
  it.each<[string, Json, string]>([
    ['port 0', withPort({ port: 0 }), 'leave the port out where every port is meant'],
    ['a port below 0', withPort({ port: -1 }), 'leave the port out where every port is meant'],
    ['a port that is too high', withPort({ port: 65_536 }), 'the highest port is 65535'],
    ...['80-90', '8080:8090', '80 - 90'].map((port): [string, Json, string] => [
      `a range as ${port}`,
      withPort({ port }),
      'a range is written as `port: FIRST` and `endPort: LAST`',
    ]),
    ['a name as TCP_80-90', withPort({ port: 'TCP_80-90' }), 'did you mean `tcp-80-90`?'],
    ['a name as 80-90_TCP', withPort({ port: '80-90_TCP' }), 'did you mean `80-90-tcp`?'],
    [
      'a name as 80_90',
      withPort({ port: '80_90' }),
      'a port is a number, or a name of up to 15 lower-case letters, digits and `-`',
    ],
    [
      'an exception of everything',
      withPeer({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }),
      'nothing would be left: remove the whole peer, or except a smaller block',
    ],
    [
      'an exception of more than there is',
      withPeer({ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.0.0/8'] } }),
      'except a block that lies inside `cidr`',
    ],
    [
      'an exception of something else',
      withPeer({ ipBlock: { cidr: '10.0.0.0/16', except: ['10.1.0.0/24'] } }),
      'remove it: no address of `cidr` is in it, so there is nothing to except',
    ],
  ])('how to write %s', (_, refused, help) => {
    expect([...new Set(load(refused).diagnostics.map(one => one.help))]).toEqual([help])
  })

  it.each<[string, Json, string]>([
    [
      'a slip in the name of a field',
      withPeer({ podSelectr: {} }),
      'unknown field "spec.ingress[0].from[0].podSelectr"',
    ],
    [
      'a type of policy that is a number',
      policy('shop/db', { policyTypes: [5] }),
      'spec.policyTypes[0]: must be a string, not a number',
    ],
    [
      'the end of a range that is no number',
      withPort({ port: 'web', endPort: 'x' }),
      'spec.ingress[0].ports[0].endPort: must be a whole number, not a string',
    ],
  ])('%s, and nothing else', (_, refused, message) => {
    expect(refusals(refused)).toEqual([message])
  })
})

describe('S-009, S-010 the rules without effect of a policy', () => {
  it.each<[spec: Json, ineffective: readonly string[]]>([
    [{}, []],
    [{ ingress: [] }, []],
    [{ egress: [] }, ['egress']],
    [{ policyTypes: ['Ingress'] }, []],
    [{ policyTypes: ['Ingress'], egress: [] }, []],
    [{ policyTypes: ['Ingress'], egress: [{}] }, ['egress']],
    [{ policyTypes: ['Egress'], ingress: [{}] }, ['ingress']],
    [{ policyTypes: ['Egress', 'Ingress'], ingress: [{}], egress: [{}] }, []],
  ])('%j', (spec, ineffective) => {
    const [loaded] = load(policy('shop/db', spec)).policyObjects
    expect(loaded?.ineffective.map(({ direction }) => direction)).toEqual(ineffective)
  })
})
