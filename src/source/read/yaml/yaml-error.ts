/** Why a text is not YAML to kubectl's reader; words for each are in `yaml-messages.ts`. */
export type Problem =
  | 'alias-cycle'
  | 'alias-name'
  | 'alias-unknown'
  | 'bad-binary'
  | 'bad-escape'
  | 'bad-start'
  | 'bad-tag'
  | 'block-scalar-head'
  | 'comma-or-end'
  | 'control-character'
  | 'dash-expected'
  | 'deep'
  | 'directive'
  | 'document-start'
  | 'entry-here'
  | 'infinite'
  | 'key-expected'
  | 'key-here'
  | 'merge-of-no-map'
  | 'node-expected'
  | 'not-closed'
  | 'odd-key'
  | 'tab'
  | 'tag-mismatch'
  | 'too-many-aliases'
  | 'value-here'
  | 'without-colon'

/** Thrown at the first problem; offsets count from the start of the text. */
export class YamlError extends Error {
  readonly problem: Problem
  readonly start: number
  readonly end: number
  /** Where the bracket opens in which it happens. */
  readonly context: number

  constructor(problem: Problem, start: number, end: number = start + 1, context: number = start) {
    super(problem)
    this.problem = problem
    this.start = start
    this.end = end
    this.context = context
  }
}
