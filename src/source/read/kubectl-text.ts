import type { Complain } from '../diagnostic.ts'
import type { SourceFile } from '../file.ts'

/*
 * What kubectl prints in the place of manifests: its table, where nobody asked for YAML, and its complaints.
 */

const TABLE = /^\s*NAME(?:SPACE)?(?: {2,}[A-Z][A-Z ()%/-]*)+\s*$/m
const COMPLAINT =
  /^\s*(?:error: |Error from server|No resources found|The connection to the server|Unable to connect to the server)/

/** Complains of a text that kubectl has printed and that holds no manifests; returns whether it did. */
export function complainOfKubectlText(file: SourceFile, complain: Complain): boolean {
  const start = file.text.slice(0, MOST_LOOKED_AT)
  const isTable = TABLE.exec(start.trimStart().split('\n', 1)[0] ?? '') !== null
  if (!isTable && !COMPLAINT.test(start)) return false
  const line = start.split('\n').findIndex(text => text.trim() !== '') + 1
  const length = start.split('\n')[line - 1]?.trimEnd().length ?? 1
  complain({
    severity: 'error',
    code: 'NO_IDENTITY',
    message: isTable
      ? "this is kubectl's table, which has no manifests"
      : 'this is a complaint of kubectl, and no manifest',
    object: 'the file',
    at: { file, position: { line, column: 1, length } },
    help: isTable
      ? 'let kubectl print them: `kubectl get … -o yaml`'
      : 'run the kubectl command by itself until it prints manifests',
  })
  return true
}

const MOST_LOOKED_AT = 4096
