import { type OptionSpec, refuseValue, type Setting, setting } from './options.ts'

/** An edit of the cluster as it was typed; its files are not read yet. */
type TypedEdit =
  | { readonly kind: 'apply'; readonly path: string }
  | { readonly kind: 'delete'; readonly object: string }
  /** `changes` are `key=value`, or `key-`. */
  | { readonly kind: 'label'; readonly object: string; readonly changes: readonly string[] }

const APPLY_OPTION: OptionSpec = {
  long: '--apply',
  value: 'path',
  description: 'what if the objects of a file, a folder or - were applied; repeatable',
  completes: 'file',
}

const DELETE_OPTION: OptionSpec = {
  long: '--delete',
  value: 'kind/name',
  description: 'what if an object were deleted; repeatable',
  completes: 'object',
}

export const LABEL_OPTION: OptionSpec = {
  long: '--label',
  value: 'kind/name key=value',
  description:
    'what if an object, or the Pods of a workload, were labelled; key- takes a label away; repeatable',
  completes: 'object',
}

/** The options that edit the cluster before it is asked, in the order in which they are typed. */
export const WHAT_IF: Setting<readonly TypedEdit[]> = setting<readonly TypedEdit[]>(
  [APPLY_OPTION, DELETE_OPTION, LABEL_OPTION],
  [],
  (value, before, option) => [...before, typedEditOf(option, value)],
)

function typedEditOf(option: OptionSpec, value: string): TypedEdit {
  if (option === APPLY_OPTION) return { kind: 'apply', path: value }
  if (option === DELETE_OPTION) return { kind: 'delete', object: value }
  const { object, changes } = labeledBy(value)
  if (changes.length === 0) refuseValue('The labels stand behind the object: --label pod/web access=true')
  return { kind: 'label', object, changes }
}

/** The object of a `--label`, and the changes of its labels. */
export function labeledBy(value: string): { readonly object: string; readonly changes: readonly string[] } {
  const [object = '', ...changes] = value.split(BETWEEN)
  return { object, changes }
}

/** No argument of a process can contain it. */
const BETWEEN = '\0'

/** `key=value` or `key-`. No name of an object matches, nor does a URL with a query. */
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
      takesChanges = isObject || word.startsWith(`${LABEL_OPTION.long}=`)
      isObject = word === LABEL_OPTION.long && !isObject
      out.push(word)
    }
  }
  return out
}
