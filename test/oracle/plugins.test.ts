import { describe, expect, it } from 'vitest'
import { PLUGINS } from './oracle.ts'
import { A, ask, block, denyApi, egress, from, ports, type Row, to, W, world } from './world.ts'

/*
 * The oracle's own table on network plugins; beside the ones in oracle.test.ts.
 */

const rows: readonly (readonly [plugin: string, ...Row])[] = [
  ['none', 'S-070 enforces nothing', [denyApi], W, A, 'TCP 80', 'yes'],
  ['flannel', 'S-070 nor does this', [egress()], W, A, 'ICMP 0', 'yes'],
  ['none', 'S-050 but gives no network to the dead', [], W, 'shop/done', 'TCP 80', 'no'],
  ['calico', 'S-036 matches Pods', [from(block('10.0.0.0/8'))], W, A, 'TCP 80', 'yes'],
  ['cilium', 'S-036 does not', [from(block('0.0.0.0/0'))], W, A, 'TCP 80', 'no'],
  ['cilium', 'S-036 but addresses outside', [from(block('0.0.0.0/0'))], '203.0.113.1', A, 'TCP 80', 'yes'],
  ['calico', 'S-039 matches nodes', [from(block('192.168.0.0/16'))], 'shop/host1', A, 'TCP 80', 'yes'],
  ['cilium', 'S-039 does not', [from(block('192.168.0.0/16'))], 'shop/host1', A, 'TCP 80', 'no'],
  ['cilium', 'S-040 but for the own node', [denyApi], 'shop/host2', A, 'TCP 80', 'yes'],
  ['calico', 'S-042 lets out to the own node', [egress()], W, 'shop/host1', 'TCP 80', 'yes'],
  ['kindnet', 'S-042 does not', [egress()], W, 'shop/host1', 'TCP 80', 'no'],
  ['kindnet', 'S-042 unless a rule does', [to(block('192.168.0.1/32'))], W, 'shop/host1', 'TCP 80', 'yes'],
  ['kindnet', 'S-040 lets in from the own node', [denyApi], 'shop/host2', A, 'TCP 80', 'yes'],
  ['calico', 'S-028 knows names', [ports({ port: 'http' })], W, A, 'TCP 8080', 'yes'],
  ['weave', 'S-028 does not', [ports({ port: 'http' })], W, A, 'TCP 8080', 'no'],
  ['weave', 'S-032 knows the port of a range', [ports({ port: 80, endPort: 90 })], W, A, 'TCP 80', 'yes'],
  ['weave', 'S-032 and no other', [ports({ port: 80, endPort: 90 })], W, A, 'TCP 81', 'no'],
]

describe('the oracle on network plugins', () => {
  it.each(rows)('%s: %s', (plugin, _rule, policies, source, target, asked, answer) => {
    expect(ask([...world, ...policies], source, target, asked, PLUGINS[plugin])).toBe(answer)
  })
})
