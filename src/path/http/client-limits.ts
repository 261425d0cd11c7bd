import type { Ingress } from '../../model/routes.ts'
import type { Symptom } from '../../report/common.ts'
import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  NO_ADDRESS,
  parseAddress,
  parseCidr,
  subtract,
  unionOf,
} from '../../sets/addresses.ts'
import type { Admits } from '../admission.ts'
import { isNameOf, type KnownController, type SourceRangeAnnotations } from './known-controller.ts'

/** What keeps clients outside from a route before any policy does: annotations, or its class. */
export interface ClientLimit {
  /** The id of the Ingress, the Route or the Gateway. */
  readonly object: string
  /** The annotations, or what else says it. */
  readonly by: readonly string[]
  /** `unreadable`: not in the form that it has; `not read`: netpol does not read what it names. */
  readonly admits: Admits | 'perhaps private networks' | 'unreadable' | 'not read'
  /** What the others get. */
  readonly symptom: Symptom
}

/** What a route has that a controller may read as a limit. */
export interface Limited {
  readonly object: string
  readonly annotations?: ReadonlyMap<string, string>
  readonly class?: {
    readonly kind: 'IngressClass' | 'GatewayClass'
    readonly name: string
    /** Or they are not known. */
    readonly hasParameters: boolean
  }
  /** All Ingresses of the class: some of them may share a load balancer. */
  readonly ofClass?: readonly Ingress[]
}

/** All limits of one route; none where every client is admitted. */
export function limitsOf(known: KnownController | undefined, limited: Limited): readonly ClientLimit[] {
  if (known === undefined) return []
  return [internalLimit(known, limited), limitByAnnotations(known, limited)].filter(
    limit => limit !== undefined,
  )
}

function internalLimit(
  { internal: { classes = [], annotation } = {} }: KnownController,
  { object, annotations, class: ofRoute, ofClass = [] }: Limited,
): ClientLimit | undefined {
  const limit = (admits: ClientLimit['admits'], by: string): ClientLimit => ({
    object,
    by: [by],
    admits,
    symptom: 'times-out',
  })
  if (ofRoute !== undefined && classes.some(one => isNameOf(one, ofRoute.name)))
    return limit('private networks', `${ofRoute.kind} ${ofRoute.name}`)
  if (annotation === undefined) return undefined
  const { key, internal, facing, sharedBy } = annotation
  if (facing !== undefined && ofRoute?.hasParameters)
    return limit('perhaps private networks', `the parameters of ${ofRoute.kind} ${ofRoute.name}`)
  const group = sharedBy === undefined ? undefined : annotations?.get(sharedBy)
  const sharing = ofClass.filter(other => sharedBy !== undefined && other.annotations.get(sharedBy) === group)
  const written =
    annotations?.get(key) ??
    (group === undefined
      ? undefined
      : sharing.map(other => other.annotations.get(key)).find(value => value !== undefined))
  if (written === internal) return limit('private networks', `${key}: ${written}`)
  if (facing === undefined || written === facing) return undefined
  // Another Ingress of the group may have it.
  if (group !== undefined)
    return limit('perhaps private networks', `other Ingresses of ${sharedBy}: ${group}`)
  return limit('private networks', `without ${key}: ${facing}`)
}

function limitByAnnotations(
  { sourceRanges, mayLimit = [], proxies }: KnownController,
  { object, annotations }: Limited,
): ClientLimit | undefined {
  if (annotations === undefined) return undefined
  const others = [...annotations.keys()].filter(key => mayLimit.some(one => isNameOf(one, key)))
  if (others.length > 0) return { object, by: others, admits: 'not read', symptom: 'unknown' }
  if (sourceRanges === undefined) return undefined
  const { allowing, denying, isClosing } = sourceRanges
  const isSet = (annotation: string): boolean => annotations.has(annotation)
  const [allowed, denied] = [allowing.find(isSet), denying.find(isSet)]
  const by = [allowed, denied].filter(annotation => annotation !== undefined)
  if (by.length === 0) return undefined
  const rangesOf = (annotation: string | undefined, otherwise: Addresses): Addresses | undefined =>
    annotation === undefined ? otherwise : readRanges(annotations.get(annotation) ?? '', sourceRanges)
  const [some, none] = [rangesOf(allowed, EVERY_ADDRESS), rangesOf(denied, NO_ADDRESS)]
  const admits = some === undefined || none === undefined ? 'unreadable' : subtract(some, none)
  if (admits !== 'unreadable' && contains(admits, EVERY_ADDRESS)) return undefined
  const symptom = proxies.kind === 'elsewhere' ? 'times-out' : isClosing ? 'refused' : 403
  return { object, by, admits, symptom }
}

/** Blocks and addresses; undefined where one of them is something else. */
function readRanges(text: string, { isSpaced }: SourceRangeAnnotations): Addresses | undefined {
  const parts = isSpaced ? text.trim().split(/\s+/) : text.split(',')
  const ranges = parts.map(part => readRange(part.trim()))
  const known = ranges.filter(range => range !== undefined)
  return known.length < ranges.length ? undefined : unionOf(known)
}

function readRange(text: string): Addresses | undefined {
  const cidr = parseCidr(text)
  return (cidr.kind === 'block' ? cidr.addresses : cidr.formerly) ?? parseAddress(text)
}
