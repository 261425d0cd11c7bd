import type { AssumptionReason } from '../../report/assumption.ts'
import { distinct } from '../../report/reason.ts'

type Of<C extends AssumptionReason['code']> = Extract<AssumptionReason, { code: C }>

/** Each assumption once, and those that are the same of several namespaces, Pods or clients as one, in the place of the first. */
export function assumedTogether(all: readonly AssumptionReason[]): readonly AssumptionReason[] {
  const once = distinct(all)
  return distinct(once.map(one => (isJoined(one) ? joined(one, once) : one)))
}

type Joined = Of<'ASSUMED_NAMESPACE' | 'ASSUMED_HOST_NETWORK' | 'ASSUMED_CLIENT_IP'>

const isJoined = (one: AssumptionReason): one is Joined =>
  one.code === 'ASSUMED_NAMESPACE' || one.code === 'ASSUMED_HOST_NETWORK' || one.code === 'ASSUMED_CLIENT_IP'

function joined(one: Joined, all: readonly AssumptionReason[]): Joined {
  switch (one.code) {
    case 'ASSUMED_NAMESPACE': {
      const facts = all.flatMap(other => (other.code === one.code ? [other.facts] : []))
      const platform = Object.assign({}, ...facts.map(other => other.platform ?? {}))
      return {
        code: one.code,
        facts: {
          namespaces: union(facts.map(({ namespaces }) => namespaces)),
          ...(Object.keys(platform).length > 0 && { platform }),
        },
      }
    }
    case 'ASSUMED_HOST_NETWORK': {
      const facts = all.flatMap(other => (other.code === one.code ? [other.facts] : []))
      return {
        code: one.code,
        facts: { ...one.facts, endpoints: union(facts.map(({ endpoints }) => endpoints)) },
      }
    }
    case 'ASSUMED_CLIENT_IP': {
      const { service, client } = one.facts
      const isOfSeveral = all.some(
        other => other.code === one.code && other.facts.service === service && other.facts.client !== client,
      )
      return service === undefined || !isOfSeveral ? one : { code: one.code, facts: { service } }
    }
  }
}

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort()
