import type { Io } from './io.ts'

/** What is shown while much is read: how far it has come, on a terminal that has waited for a second. */
export interface Progress {
  readonly onObject: () => void
  /** Takes the line away again. */
  readonly end: () => void
}

const AFTER = 1000
const EVERY = 200

export function progressOn(io: Io, isWanted: boolean): Progress {
  if (!isWanted) return { onObject: () => undefined, end: () => undefined }
  let objects = 0
  let next = io.now() + AFTER
  let isShown = false
  return {
    onObject: () => {
      objects++
      // To ask for the time takes longer than to read a small object.
      if (objects % 64 !== 0 || io.now() < next) return
      io.err(`\rreading: ${objects.toLocaleString('en')} objects`)
      isShown = true
      next = io.now() + EVERY
    },
    end: () => {
      if (isShown) io.err('\r\u001b[K')
      isShown = false
    },
  }
}
