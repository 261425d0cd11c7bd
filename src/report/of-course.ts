import type { ReasonCode } from './codes.ts'

/** True of nearly every answer, so nobody wants to read them beside each. */
const OF_COURSE: readonly ReasonCode[] = ['ASSUMED_ENFORCING_CNI', 'ASSUMED_NO_PORTS_PROTOCOLS']

export const isOfCourse = ({ code }: { readonly code: ReasonCode }): boolean => OF_COURSE.includes(code)
