import type { Input } from '../live-objects.ts'

/** What an edit comes to, and what is to be said of it. */
export interface Edited {
  readonly input: Omit<Input, 'whatIf' | 'profile'>
  /** `what if NetworkPolicy shop/deny-all were deleted`. */
  readonly message: string
}
