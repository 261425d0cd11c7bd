import type { Ingress } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import {
  type Addresses,
  EVERY_ADDRESS,
  NO_ADDRESS,
  parseAddress,
  parseCidr,
  subtract,
  unionOf,
} from '../../sets/addresses.ts'
import type { KnownController } from './known-controller.ts'

/** The clients that a controller lets through to the paths of an Ingress, by annotations: the others get an error from it. */
export interface SourceRanges {
  readonly ingress: string
  readonly annotations: readonly string[]
  /** Undefined where they cannot be read. */
  readonly admitted: Addresses | undefined
}

/** Those of an Ingress; undefined where it admits every client. */
export function sourceRangesOf(
  ingress: Ingress,
  controller: KnownController | undefined,
): SourceRanges | undefined {
  const { allowing = [], denying = [] } = controller?.sourceRanges ?? {}
  const isSet = (annotation: string): boolean => ingress.annotations.has(annotation)
  const [allowed, denied] = [allowing.find(isSet), denying.find(isSet)]
  const annotations = [allowed, denied].filter(annotation => annotation !== undefined)
  if (annotations.length === 0) return undefined
  const rangesOf = (annotation: string | undefined, otherwise: Addresses): Addresses | undefined =>
    annotation === undefined ? otherwise : readRanges(ingress.annotations.get(annotation) ?? '')
  const [some, none] = [rangesOf(allowed, EVERY_ADDRESS), rangesOf(denied, NO_ADDRESS)]
  const admitted = some === undefined || none === undefined ? undefined : subtract(some, none)
  return { ingress: ingressRef(ingress).id, annotations, admitted }
}

/** Blocks and addresses with commas between them; undefined where one of them is something else. */
function readRanges(text: string): Addresses | undefined {
  const ranges = text.split(',').map(part => readRange(part.trim()))
  const known = ranges.filter(range => range !== undefined)
  return known.length < ranges.length ? undefined : unionOf(known)
}

function readRange(text: string): Addresses | undefined {
  const cidr = parseCidr(text)
  return (cidr.kind === 'block' ? cidr.addresses : cidr.formerly) ?? parseAddress(text)
}
