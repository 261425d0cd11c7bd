import type { VerdictWord } from '../report/common.ts'

/** What a client sees of a connection that comes to nothing but by policies: they drop, so that it waits (S-204). */
export const SYMPTOMS: Readonly<Record<VerdictWord, string>> = {
  yes: 'connects',
  no: 'connection times out',
  partial: 'connects on some ports, times out on the others',
  undetermined: 'cannot be told from the input',
}
