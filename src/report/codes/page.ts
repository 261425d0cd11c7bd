/** What `netpol codes CODE` says of a code. In `rule` and `mend`, `{netpol}` is replaced by the name of the program. */
export interface Page {
  /** What it means, in a sentence. */
  readonly meaning: string
  /** The rule of Kubernetes, in plain words; absent where the meaning says it all. */
  readonly rule?: string
  readonly example: Example
  /** How to mend it, or why there is nothing to mend. */
  readonly mend: string
  /** Codes that are told from this one, or go with it. */
  readonly see?: readonly string[]
}

export type Pages = Readonly<Record<string, Page>>

/** A question whose answer has the code. What it prints is what netpol prints: it is asked when the page is shown. */
export interface Example {
  /** The one file that it is asked of, manifests.yaml; empty for no file at all. `…` stands for very many characters. */
  readonly manifests: string
  /** The text of a second file, prod/kustomization.yaml, where it has one. */
  readonly overlay?: string
  /** How many characters each `…` in it stands for, where a code needs more of them than anybody reads. */
  readonly fill?: number
  /** The command line behind `netpol`: words with a blank between two. */
  readonly command: string
}

/** Codes that belong together. */
export interface CodeFamily {
  readonly title: string
  readonly pages: Pages
}

/** A code with its page, and the title of its family. */
export interface Entry extends Page {
  /** @pattern ^[A-Z0-9_]+$ */
  readonly code: string
  /** The heading that it stands under in the list. */
  readonly family: string
}

/** The answer of `codes`: what each code means, with an example. */
export interface Codes {
  readonly kind: 'Codes'
  readonly codes: readonly CodeReport[]
}

/** A code with its page, and what its example prints. */
export interface CodeReport extends Entry {
  readonly example: ExampleReport
}

/** An example, asked. */
export interface ExampleReport extends Pick<Example, 'manifests' | 'overlay' | 'command'> {
  /** What it prints, on standard output and standard error. */
  readonly output: string
  /**
   * @asType integer
   * @minimum 0
   * @maximum 3
   */
  readonly exit: number
}
