import type { Style } from './text/style.ts'

/** What a renderer may know of where its lines go. */
export interface Paper {
  /** Columns. */
  readonly width: number
  /** `-o wide`: everything, however broad it gets. */
  readonly wide: boolean
  /** Whether tables have a heading. */
  readonly headers: boolean
  readonly verbose: boolean
  readonly style: Style
}
