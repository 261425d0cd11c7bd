import type { Symptom } from '../report/common.ts'

export const UNKNOWN = 'cannot be told from the input'

/** What a client sees, in words. */
export function symptomText(symptom: Symptom): string {
  if (typeof symptom === 'number') return `HTTP ${symptom}`
  if (typeof symptom === 'object')
    return symptom.someAnswer === 'times-out'
      ? 'connects or times out, depending on which one answers'
      : `connects, or HTTP ${symptom.someAnswer}, depending on which one answers`
  switch (symptom) {
    case 'connects':
      return 'connects'
    case 'times-out':
      return 'connection times out'
    case 'times-out-on-some-ports':
      return 'connects on some ports, times out on the others'
    case 'times-out-or-refused':
      return 'connection times out or is refused'
    case 'refused':
      return 'connection refused'
    case 'name-does-not-resolve':
      return 'name does not resolve'
    case 'name-resolves-at-times':
      return 'name resolves at times, and at others it does not'
    case 'nothing-connects':
      return 'nothing runs that could connect'
    case 'port-name-unknown':
      return 'the name of the port means nothing here'
    case 'unknown':
      return UNKNOWN
  }
}
