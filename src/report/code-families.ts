import type { UNDETERMINED } from './codes/undetermined.ts'
import type { ReasonCode } from './codes.ts'

/*
 * Which family a code belongs to, without its page: the pages are loaded by `netpol codes` alone.
 */

/** The compiler keeps this list equal to the family of pages. */
const UNDETERMINED_CODES: Readonly<Record<keyof typeof UNDETERMINED, true>> = {
  UNDETERMINED_CNI_BEHAVIOUR: true,
  UNDETERMINED_ADDRESS: true,
  UNDETERMINED_LABEL: true,
  UNDETERMINED_NODE: true,
  UNDETERMINED_BACKEND: true,
  UNDETERMINED_ROUTE: true,
  UNDETERMINED_CONTROLLER_PORT: true,
  UNDETERMINED_DNS: true,
  UNDETERMINED_HOST_NETWORK: true,
  UNDETERMINED_INVALID_INPUT: true,
  UNDETERMINED_UNMODELLED_POLICY: true,
}

/** Whether the code stands for something that the manifests do not have and that could change the answer. */
export const isUndetermined = (code: ReasonCode): boolean => Object.hasOwn(UNDETERMINED_CODES, code)
