/*
 * What kustomize, kubectl and Helm print on standard error.
 */

/** What cannot matter for an answer, in just these forms: all else is shown. */
const HARMLESS: readonly RegExp[] = [
  // kustomize, api/types/kustomization.go
  /^# Warning: '(?:bases|commonLabels|imageTags|patchesJson6902|patchesStrategicMerge|vars)' is deprecated\. Please use '(?:resources|labels|images|patches|replacements)' instead\. (?:\[EXPERIMENTAL\] )?Run 'kustomize edit fix' to update your Kustomization automatically\.$/,
  // Helm 3 and 4, root_unix.go
  /^(?:WARNING: |level=WARN msg=")Kubernetes configuration file is (?:group|world)-readable\. This is insecure\. Location: /,
  // install.go, for a chart with `deprecated: true`
  /^(?:WARNING: This|level=WARN msg="this) chart is deprecated"?$/,
  // sympath/walk.go: the file is read
  /^walk\.go:\d+: found symbolic link in path: .+ resolves to .+\. Contents of linked file included and used$/,
  /^level=INFO msg="found symbolic link in path\. Contents of linked file included and used" /,
]

export const mayMatter = (line: string): boolean => !HARMLESS.some(form => form.test(line))

/** How kubectl's log (klog) starts a line: severity and date, time, thread, place in the source. */
const LOG_HEADER = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w.-]+:\d+\] /

/** The lines of what a renderer has said, without what its log adds. */
export const linesOf = (stderr: string): readonly string[] =>
  stderr
    .split('\n')
    .map(line => line.replace(LOG_HEADER, '').trim())
    .filter(line => line !== '')

/** The error with which kubectl ends: quoted as Go does it, or, of several lines, between brackets. */
const COMMAND_FAILED = /^E\d{4} [^\n]*\] "command failed" err=(?:"((?:[^"\\\n]|\\.)*)"|<\n((?:.*\n)*?) >)$/m

/** What a renderer that has failed says of it: its last words; empty where there are none. */
export function errorIn(stderr: string): string {
  const [, quoted, several] = COMMAND_FAILED.exec(stderr) ?? []
  if (quoted !== undefined) return unquoted(quoted)
  const lines = linesOf(several ?? stderr)
  const error = lines.findIndex(text => /^error:/i.test(text))
  return lines.slice(Math.max(0, error)).join('; ').replaceAll(':; ', ': ')
}

const unquoted = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1')
