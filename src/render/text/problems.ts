import type { Diagnostics } from '../../report/report.ts'

/** Problems without the lines that they are about, which reports do not carry. */
export function* problemsText({ diagnostics }: Diagnostics): Iterable<string> {
  for (const { severity, code, message, source, object, help } of diagnostics) {
    yield `${severity}[${code}]: ${message}`
    const place = source === undefined ? [] : [`${source.file}:${source.line}:${source.column}`]
    const where = [...place, ...(object === undefined ? [] : [`in ${object}`])].join(' ')
    if (where !== '') yield `  --> ${where}`
    if (help !== undefined) yield `  = help: ${help}`
  }
}
