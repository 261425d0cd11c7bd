import type { Complain } from '../diagnostic.ts'
import type { SourceFile } from '../file.ts'

/*
 * What kubectl and helm print in the place of manifests: for people, where nobody asked for YAML, and complaints.
 */

interface KubectlText {
  readonly form: RegExp
  readonly message: string
  readonly help: string
}

const AS_YAML = 'let kubectl print them: `kubectl get … -o yaml`'

/** By how such a text starts. */
const TEXTS: readonly KubectlText[] = [
  {
    form: /^NAME(?:SPACE)?(?: {2,}[A-Z][A-Z ()%/-]*)+\r?(?:\n|$)/,
    message: "this is kubectl's table, which has no manifests",
    help: AS_YAML,
  },
  {
    // `-o name`
    form: /^[a-z][\w.-]*\/[\w.:-]+\r?(?:\n(?:[a-z][\w.-]*(?:\/[\w.:-]*)?\r?)?)*$/,
    message: 'this is a list of names from kubectl, which has no manifests',
    help: AS_YAML,
  },
  {
    // `describe`, whose fields have capitals
    form: /^Name: {2,}\S[^\n]*\n(?:Namespace|Labels|Roles): /,
    message: 'this is what `kubectl describe` prints, which has no manifests',
    help: AS_YAML,
  },
  {
    // Its log, by klog, comes before the complaint.
    form: /^(?:error: |Error from server|No resources found|The connection to the server|Unable to connect to the server|E\d{4} \d\d:\d\d:\d\d\.\d+ )/,
    message: 'this is a complaint of kubectl, and no manifest',
    help: 'run the kubectl command by itself until it prints manifests',
  },
  {
    form: /^Warning: [^\n]*\n/,
    message: 'this is a warning of kubectl, and no manifest',
    help: 'send on its standard output alone, without `2>&1`',
  },
  {
    // `install --dry-run`, `upgrade --dry-run`, `get all`
    form: /^NAME: [^\n]*\nLAST DEPLOYED: /,
    message: 'this is what helm prints of a release, and no manifest',
    help: 'let helm print manifests alone: `helm template`, or `helm get manifest` of what is installed',
  },
]

/** Complains of a text that kubectl has printed and that holds no manifests; returns whether it did. */
export function complainOfKubectlText(file: SourceFile, complain: Complain): boolean {
  const text = file.text.slice(0, MOST_LOOKED_AT)
  const start = text.trimStart()
  const found = TEXTS.find(({ form }) => form.test(start))
  if (found === undefined) return false
  const line = text.slice(0, text.length - start.length).split('\n').length
  const length = start.split('\n')[0]?.trimEnd().length ?? 1
  complain({
    severity: 'error',
    code: 'NO_IDENTITY',
    message: found.message,
    object: 'the file',
    at: { file, position: { line, column: 1, length } },
    help: found.help,
  })
  return true
}

const MOST_LOOKED_AT = 4096
