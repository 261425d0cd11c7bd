import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'

/** Thrown where a question has no answer, such as one about an unknown name; the command line exits with 2. */
export class CannotAnswer extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(diagnostic => diagnostic.message).join('\n'))
    this.diagnostics = diagnostics
  }
}

/** Throws one error; `help` says what to do. */
export function cannotAnswer(code: DiagnosticCode, message: string, help?: string): never {
  throw new CannotAnswer([{ severity: 'error', code, message, ...(help !== undefined && { help }) }])
}
