/** A reason that is still told as one sentence, and not yet as facts. */
export interface SentenceOnly {
  readonly text: string
}
