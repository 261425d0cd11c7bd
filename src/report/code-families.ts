import type { AssumptionCode } from './assumption.ts'
import type { UNDETERMINED } from './codes/undetermined.ts'
import type { ReasonCode } from './codes.ts'

/*
 * What is known of a code without its page: the pages are loaded by `netpol codes` alone. The compiler keeps the first
 * list equal to its family of pages.
 */

const UNDETERMINED_CODES: Readonly<Record<keyof typeof UNDETERMINED, true>> = {
  UNDETERMINED_CNI_BEHAVIOUR: true,
  UNDETERMINED_ADDRESS: true,
  UNDETERMINED_LABEL: true,
  UNDETERMINED_NODE: true,
  UNDETERMINED_BACKEND: true,
  UNDETERMINED_ROUTE: true,
  UNDETERMINED_CONTROLLER: true,
  UNDETERMINED_CONTROLLER_PORT: true,
  UNDETERMINED_DNS: true,
  UNDETERMINED_HOST_NETWORK: true,
  UNDETERMINED_HOST_PORT: true,
  UNDETERMINED_DNS_SERVER: true,
  UNDETERMINED_INVALID_INPUT: true,
  UNDETERMINED_NOT_RENDERED: true,
  UNDETERMINED_UNMODELLED_POLICY: true,
  UNDETERMINED_CREATED_OBJECT: true,
  UNDETERMINED_NAME: true,
  UNDETERMINED_CREATED_POLICY: true,
}

/** Whether the code stands for something that the manifests do not have and that could change the answer. */
export const isUndetermined = (code: ReasonCode): boolean => Object.hasOwn(UNDETERMINED_CODES, code)

const USUAL_CODES: readonly AssumptionCode[] = ['ASSUMED_ENFORCING_CNI', 'ASSUMED_NO_PORTS_PROTOCOLS']

/** Whether it is assumed of nearly every answer, so that nobody wants to read it beside each. */
export const isUsual = (code: AssumptionCode): boolean => USUAL_CODES.includes(code)
