import type { Io } from './io.ts'

/** The number of objects read so far, shown on a terminal after a second. */
export interface Progress {
  readonly onObject: () => void
  /** Removes the line. */
  readonly end: () => void
}

const SHOWN_AFTER = 1000
const UPDATED_EVERY = 200

export function progressOn(io: Io, isWanted: boolean): Progress {
  if (!isWanted) return { onObject: () => undefined, end: () => undefined }
  let objects = 0
  let next = io.now() + SHOWN_AFTER
  let isShown = false
  return {
    onObject: () => {
      objects++
      // Asking for the time takes longer than reading a small object.
      if (objects % 64 !== 0 || io.now() < next) return
      io.err(`\rreading: ${objects.toLocaleString('en')} objects`)
      isShown = true
      next = io.now() + UPDATED_EVERY
    },
    end: () => {
      if (isShown) io.err('\r\u001b[K')
      isShown = false
    },
  }
}
