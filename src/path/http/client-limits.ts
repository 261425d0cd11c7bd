import type { ControllerSettings, Ingress, IngressRule } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
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
import type { ControllerSetting } from '../../source/read/bulk.ts'
import type { Admits } from '../admission.ts'
import { keepsOut } from './directives.ts'
import { isNameOf, type KnownController, type SourceRangeAnnotations } from './known-controller.ts'

/** What keeps clients outside from a route before any policy does: annotations, or its class. */
export interface ClientLimit {
  /** The id of the Ingress, the Route or the Gateway. */
  readonly object: string
  /** The annotations, or what else says it. */
  readonly by: readonly string[]
  /** `unreadable`: not in the form that it has; `not read`: netpol does not read what it names; or that is not in the input. */
  readonly admits: Admits | 'perhaps private networks' | 'unreadable' | 'not read' | 'not in the input'
  /** What the others get. */
  readonly symptom: Symptom
  /** Why it may not hold: it is in settings that may be another controller's, or an annotation has credentials do in its place. */
  readonly unless?:
    | { readonly kind: 'other settings' }
    | { readonly kind: 'credentials'; readonly by: string }
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
  /** Of an Ingress. */
  readonly rules?: readonly IngressRule[]
  readonly settings?: SettingsFound
}

/** The settings of a controller: those that its Pods name, and those that may be its own. */
export interface SettingsFound {
  readonly sure?: ControllerSettings
  readonly perhaps: readonly ControllerSettings[]
}

/** All limits of one route; none where every client is admitted. */
export function limitsOf(known: KnownController | undefined, limited: Limited): readonly ClientLimit[] {
  if (known === undefined) return []
  const { sure, perhaps = [] } = limited.settings ?? {}
  const limitsBy = (settings: ControllerSettings | undefined): readonly ClientLimit[] => [
    ...limitByRanges(known, limited, settings),
    ...limitByDirectives(known, limited, settings),
  ]
  const internal = internalLimit(known, limited)
  const certain = [...(internal === undefined ? [] : [internal]), ...limitBySnippets(known, limited)]
  const others = limitByAnnotations(known, limited)
  if (others.length > 0) return [...certain, ...others]
  const own = limitsBy(sure)
  const written = new Set(own.flatMap(({ by }) => by))
  const doubtful = perhaps
    .flatMap(limitsBy)
    .filter(({ by }) => by.some(one => !written.has(one)))
    .map((limit): ClientLimit => ({ ...limit, unless: { kind: 'other settings' } }))
  return [...certain, ...own, ...doubtful]
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

/** What may limit the clients of a route, and is not read; none where that is nothing. */
export const limitNotRead = (object: string, by: readonly string[]): readonly ClientLimit[] =>
  by.length === 0 ? [] : [{ object, by, admits: 'not read', symptom: 'unknown' }]

/** By annotations of an Ingress or a route. */
export const limitByAnnotations = (
  { mayLimit }: KnownController,
  { object, annotations }: Limited,
): readonly ClientLimit[] => limitNotRead(object, annotationsAmong(mayLimit, annotations))

export const annotationsAmong = (
  names: readonly string[] = [],
  annotations: ReadonlyMap<string, string> = new Map(),
): readonly string[] => [...annotations.keys()].filter(key => names.some(one => isNameOf(one, key)))

/** By the annotations of a route, and by what the controller's settings say of all that have none. */
function limitByRanges(
  known: KnownController,
  { object, annotations }: Limited,
  settings?: ControllerSettings,
): readonly ClientLimit[] {
  const { sourceRanges, settings: keys, proxies } = known
  if (annotations === undefined || sourceRanges === undefined) return []
  const ofRoute = (some: readonly string[]): List | undefined => {
    const by = some.find(annotation => annotations.has(annotation))
    return by === undefined ? undefined : { by, ranges: readRanges(annotations.get(by) ?? '', sourceRanges) }
  }
  const ofAll = (some: readonly ControllerSetting[] = []): List | undefined => {
    const key = some.find(one => partsOf(settings?.settings.get(one)).length > 0)
    return (
      key &&
      settings && {
        by: settingName(settings, key),
        ranges: unionOfRanges(partsOf(settings.settings.get(key))),
      }
    )
  }
  const allowed = ofRoute(sourceRanges.allowing) ?? ofAll(keys?.allowing)
  const denied =
    ofRoute(sourceRanges.denying) ??
    ofAll(keys?.denying) ??
    (allowed === undefined ? ofAll(keys?.denyingElse) : undefined)
  const by = [allowed, denied].flatMap(list => list?.by ?? [])
  if (by.length === 0) return []
  const some = allowed === undefined ? EVERY_ADDRESS : allowed.ranges
  const none = denied === undefined ? NO_ADDRESS : denied.ranges
  const admits = some === undefined || none === undefined ? 'unreadable' : subtract(some, none)
  if (admits !== 'unreadable' && contains(admits, EVERY_ADDRESS)) return []
  const symptom = proxies.kind === 'elsewhere' ? 'times-out' : sourceRanges.isClosing ? 'refused' : 403
  const either = credentialsInstead(known, annotations)
  return [{ object, by, admits, symptom, ...(either && { unless: { kind: 'credentials', by: either } }) }]
}

/** What says that a client needs credentials only if no list admits it. */
function credentialsInstead(
  { sourceRanges }: KnownController,
  annotations: ReadonlyMap<string, string>,
): string | undefined {
  const either = sourceRanges?.orCredentials
  return either !== undefined && annotations.get(either.key) === either.value
    ? `${either.key}: ${either.value}`
    : undefined
}

/** Whether clients that a list of the route admits need no credentials. */
export const isListEnough = (known: KnownController, annotations: ReadonlyMap<string, string>): boolean =>
  credentialsInstead(known, annotations) !== undefined &&
  known.sourceRanges?.allowing.some(key => annotations.has(key)) === true

/** Addresses that a route admits, or that it does not; undefined where they cannot be read. */
interface List {
  readonly by: string
  readonly ranges: Addresses | undefined
}

/** `whitelist-source-range of ConfigMap ingress-nginx/settings`. */
export const settingName = ({ namespace, name }: ControllerSettings, key: ControllerSetting): string =>
  `${key} of ConfigMap ${namespace}/${name}`

const partsOf = (list = ''): readonly string[] =>
  list
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

function limitBySnippets(
  { snippets }: KnownController,
  { object, annotations, rules = [], ofClass = [] }: Limited,
): readonly ClientLimit[] {
  if (snippets === undefined || annotations === undefined) return []
  const { ofRoute, ofHost = [] } = snippets
  const own = [...ofRoute, ...ofHost].filter(key => keepsOut(annotations.get(key)))
  const isForSameHost = (other: Ingress): boolean =>
    other.rules.some(({ host }) => rules.some(rule => rule.host === host))
  const others = ofHost.flatMap(key =>
    ofClass
      .filter(other => keepsOut(other.annotations.get(key)) && isForSameHost(other))
      .map(other => ({ id: ingressRef(other).id, key }))
      .filter(({ id }) => id !== object)
      .map(({ id, key }) => `${key} of ${id}`),
  )
  return limitNotRead(object, [...own, ...others])
}

function limitByDirectives(
  { settings: keys }: KnownController,
  { object }: Limited,
  settings: ControllerSettings | undefined,
): readonly ClientLimit[] {
  if (settings === undefined) return []
  const by = (keys?.snippets ?? []).filter(key => keepsOut(settings.settings.get(key)))
  return limitNotRead(
    object,
    by.map(key => settingName(settings, key)),
  )
}

/** Blocks and addresses; undefined where one of them is something else. */
function readRanges(text: string, { isSpaced }: SourceRangeAnnotations): Addresses | undefined {
  const parts = isSpaced ? text.trim().split(/\s+/) : text.split(',')
  return unionOfRanges(parts.map(part => part.trim()))
}

function unionOfRanges(parts: readonly string[]): Addresses | undefined {
  const ranges = parts.map(readRange)
  const known = ranges.filter(range => range !== undefined)
  return known.length < ranges.length ? undefined : unionOf(known)
}

function readRange(text: string): Addresses | undefined {
  const cidr = parseCidr(text)
  return (cidr.kind === 'block' ? cidr.addresses : cidr.formerly) ?? parseAddress(text)
}
