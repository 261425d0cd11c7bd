import type { Assumption, Reachability } from '../report/report.ts'
import type { Outcome } from './command.ts'

/** 0 for yes, 1 for anything less; 3 with `--strict` where what is not known could change the answer. */
export function exitOf(report: Reachability, strict: boolean): Outcome['exit'] {
  if (strict && (report.verdict === 'undetermined' || isUnsure(report.assumptions))) return 3
  return report.verdict === 'yes' ? 0 : 1
}

export const isUnsure = (assumptions: readonly Assumption[]): boolean =>
  assumptions.some(({ code }) => code.startsWith('UNDETERMINED_'))

/** True of nearly every answer, so nobody wants to read it beside each. */
const MATTERS_OF_COURSE: readonly string[] = ['ASSUMED_ENFORCING_CNI', 'ASSUMED_NO_PORTS_PROTOCOLS']

export function notesOf(assumptions: readonly Assumption[]): readonly string[] {
  return assumptions
    .filter(({ code }) => !MATTERS_OF_COURSE.includes(code))
    .map(({ code, message }) => `note: ${message} [${code}]`)
}

export const warningsOf = ({ warnings }: Reachability): readonly string[] =>
  warnings.map(({ code, message }) => `warning: ${message} [${code}]`)
