import type { WhatIf } from '../../report/facts/what-if.ts'
import type { Input } from '../live-objects.ts'

/** What an edit comes to, and what an answer assumes because of it. */
export interface Edited {
  readonly input: Omit<Input, 'whatIf' | 'profile'>
  readonly whatIf: WhatIf
}
