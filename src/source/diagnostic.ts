import type { Location, Position, SourceFile } from './file.ts'

/** One thing that is wrong with the input, as data; `frame` (frame.ts) draws it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  /** Stable, UPPER_SNAKE. */
  readonly code: string
  /** What is, in one line; lower case, no full stop. API rejections in the API server's own words, with its path. */
  readonly message: string
  /** Where. A text that could not be parsed has a position and no path; a question has neither. */
  readonly at?: Location | { readonly file: SourceFile; readonly position: Position }
  /** The field that it is about, by its path from the root of its object: `spec.ingress[0].from[1]` (S-136). */
  readonly field?: string
  /** The object that is refused for it: `NetworkPolicy shop/api`. */
  readonly object?: string
  /** What to do. */
  readonly help?: string
  /** Other places that one has to see to understand it. */
  readonly related?: readonly { readonly at: Location; readonly message: string }[]
}

/** Every reader takes one and goes on after an error, so that a user gets all mistakes of a file at once. */
export type Complain = (diagnostic: Diagnostic) => void
