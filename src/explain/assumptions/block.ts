import type { Peer } from '../../policy/policy.ts'
import type { IpBlock } from '../../report/common.ts'

/** An ipBlock as it is written. */
export const blockOf = ({ cidr, except }: Extract<Peer, { kind: 'addresses' }>): IpBlock => ({
  cidr: cidr.text,
  except: except.map(({ text }) => text),
})
