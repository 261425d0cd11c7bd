import type { OptionSpec } from './command.ts'

/** What if the cluster were another: the options of every command that change it before it is asked. */
export const WHAT_IF: readonly OptionSpec[] = [
  {
    flags: '--apply <path>',
    description: 'what if the objects of a file, a folder or - were applied; repeatable',
  },
  {
    flags: '--delete <kind/name>',
    description: 'what if an object were deleted; repeatable',
  },
  {
    flags: '--label <kind/name key=value>',
    description:
      'what if an object, or the Pods of a workload, were labelled; key- takes a label away; repeatable',
  },
]

/** An edit as it was typed: files are yet to be read, and names to be looked up. */
export type TypedEdit =
  | { readonly kind: 'apply'; readonly path: string }
  | { readonly kind: 'delete'; readonly object: string }
  /** `changes` are `key=value`, or `key-`. */
  | { readonly kind: 'label'; readonly object: string; readonly changes: readonly string[] }

/** The edit of an option; undefined for labels that are not said. */
export function editOf(option: string, value: string): TypedEdit | undefined {
  if (option.startsWith('--apply')) return { kind: 'apply', path: value }
  if (option.startsWith('--delete')) return { kind: 'delete', object: value }
  const [object = '', ...changes] = value.split(BETWEEN)
  return changes.length === 0 ? undefined : { kind: 'label', object, changes }
}

/** The object of a `--label`, and whether something is said of its labels. */
export function labeledBy(value: string): { readonly object: string; readonly isChanged: boolean } {
  const [object = '', ...changes] = value.split(BETWEEN)
  return { object, isChanged: changes.length > 0 }
}

/** No argument of a process can hold it. */
const BETWEEN = '\0'

/** `key=value` or `key-`: no name of an object, but the query of a URL has a `=` too. */
const CHANGE = /^[^-=:?][^=:?]*(?:=|-$)|^=/

/** Makes one word of `--label pod/web access=true tier-`, as commander would take what follows for FROM and TO. */
export function joinLabels(argv: readonly string[]): readonly string[] {
  const out: string[] = []
  let isObject = false
  let takesChanges = false
  for (const [index, word] of argv.entries()) {
    if (word === '--') return [...out, ...argv.slice(index)]
    if (takesChanges && CHANGE.test(word)) out.push(`${out.pop()}${BETWEEN}${word}`)
    else {
      takesChanges = isObject || word.startsWith('--label=')
      isObject = word === '--label' && !isObject
      out.push(word)
    }
  }
  return out
}
