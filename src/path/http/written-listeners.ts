import { isMapping } from '../../source/mapping.ts'
import type { KnownController } from './known-controller.ts'
import { KNOWN } from './known-controllers.ts'
import { HTTPS } from './request.ts'

/*
 * On which ports a load balancer listens for an Ingress, where annotations of that say so. Without them it is not asked.
 */

export interface WrittenListeners {
  /** The annotation. */
  readonly by: string
  readonly listeners: readonly Listener[]
}

interface Listener {
  readonly scheme: 'http' | 'https'
  readonly port: number
}

type Annotations = ReadonlyMap<string, string>

/** Undefined where an Ingress does not say it, or not in a form that can be read. */
export function writtenListeners(
  known: KnownController | undefined,
  annotations: Annotations,
): WrittenListeners | undefined {
  const { list, withoutHttp } = known?.listeners ?? {}
  if (withoutHttp !== undefined && annotations.get(withoutHttp.annotation) === withoutHttp.value)
    return { by: `${withoutHttp.annotation}: ${withoutHttp.value}`, listeners: [HTTPS] }
  const text = list === undefined ? undefined : annotations.get(list)
  if (list === undefined || text === undefined) return undefined
  const listeners = readListeners(text)
  return listeners === undefined || listeners.length === 0 ? undefined : { by: list, listeners }
}

/** By the annotations of any product. */
export const listenersOfAny = (annotations: Annotations): readonly Listener[] =>
  KNOWN.map(known => writtenListeners(known, annotations)).find(one => one !== undefined)?.listeners ?? []

/** `[{"HTTP": 80}, {"HTTPS": 443}]` */
function readListeners(text: string): readonly Listener[] | undefined {
  const value = parsed(text)
  if (!Array.isArray(value)) return undefined
  const listeners = value.flatMap((one: unknown) =>
    isMapping(one)
      ? Object.entries(one).flatMap(([name, port]) => listenerOf(name, port) ?? [undefined])
      : [undefined],
  )
  const known = listeners.filter(one => one !== undefined)
  return known.length < listeners.length ? undefined : known
}

function listenerOf(name: string, port: unknown): Listener | undefined {
  if (typeof port !== 'number') return undefined
  if (name === 'HTTP') return { scheme: 'http', port }
  return name === 'HTTPS' ? { scheme: 'https', port } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
