import type { Assumption } from '../report/assumption.ts'
import { isUndetermined, isUsual } from '../report/code-families.ts'
import type { Reachability } from '../report/report.ts'
import type { Outcome } from './command.ts'

/** 0 for yes, 1 for anything less; 3 with `--strict` where what is not known could change the answer. */
export function exitOf(report: Reachability, strict: boolean): Outcome['exit'] {
  if (strict && (report.verdict === 'undetermined' || isUnsure(report.assumptions))) return 3
  return report.verdict === 'yes' ? 0 : 1
}

export const isUnsure = (assumptions: readonly Assumption[]): boolean =>
  assumptions.some(({ code }) => isUndetermined(code))

export function notesOf(assumptions: readonly Assumption[]): readonly string[] {
  return assumptions
    .filter(({ code }) => !isUsual(code))
    .map(({ code, message }) => `note: ${message} [${code}]`)
}

export const warningsOf = ({ warnings }: Reachability): readonly string[] =>
  warnings.map(({ code, message }) => `warning: ${message} [${code}]`)
