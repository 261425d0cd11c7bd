import type { SourceRef } from '../report/common.ts'
import { asItIs } from '../words/lists.ts'
import type { Style } from './text/style.ts'

/** No colors. */
export const PLAIN: Style = {
  verdict: (_, text) => text,
  heading: asItIs,
  faint: asItIs,
  error: asItIs,
  warning: asItIs,
}

/** What a renderer knows about its output device. */
export interface Paper {
  /** Columns. */
  readonly width: number
  /** `-o wide`: everything, however broad it gets. */
  readonly wide: boolean
  /** Whether tables have a heading. */
  readonly headers: boolean
  readonly verbose: boolean
  readonly style: Style
  /**
   * The source line of a place, with the place marked and the label beside it; only the source line may be wider than
   * `width`. Empty where the file is not available.
   */
  readonly excerpt: (
    source: SourceRef & { readonly length: number },
    label?: { readonly text: string; readonly width: number },
  ) => readonly string[]
}

/** Which of several forms an answer takes on a screen. */
export interface Layout {
  /** A `Reachability` in one line. */
  readonly brief?: boolean | undefined
  /** A `Listing` without the namespace of each object, where it is the same for all. */
  readonly oneNamespace?: boolean | undefined
}
