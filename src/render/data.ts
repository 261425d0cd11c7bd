import { stringify } from 'yaml'
import type { Report } from '../report/report.ts'

/** `-o json`: the report itself. */
export function* json(report: Report): Iterable<string> {
  yield JSON.stringify(report, null, 2)
}

/** `-o yaml`: the same; in YAML 1.1, whose readers would take a bare `no` for a boolean. */
export function* yaml(report: Report): Iterable<string> {
  yield stringify(report, { version: '1.1', aliasDuplicateObjects: false }).trimEnd()
}
