import { Chalk, type ChalkInstance } from 'chalk'
import type { VerdictWord } from '../../report/common.ts'

/** The colors of an answer. Color never carries a meaning that the words do not. */
export interface Style {
  readonly verdict: (word: VerdictWord, text: string) => string
  readonly heading: (text: string) => string
  readonly faint: (text: string) => string
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
}

export function styleFor(color: boolean): Style {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 })
  const verdicts: Readonly<Record<VerdictWord, (text: string) => string>> = {
    yes: chalk.green,
    no: chalk.red,
    partial: chalk.yellow,
    undetermined: chalk.yellow,
  }
  return {
    verdict: (word, text) => verdicts[word](text),
    heading: chalk.bold,
    faint: chalk.dim,
    error: chalk.red.bold,
    warning: chalk.yellow.bold,
  }
}
