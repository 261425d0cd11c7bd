import { memoized } from '../sets/memoized.ts'
import type { FieldPath, SourceFile } from './file.ts'
import { isMapping } from './mapping.ts'

/*
 * What templates have in the place of values, and something fills in before a cluster sees it.
 */

/**
 * The forms of placeholders, with those that fill them in. Values that a cluster accepts look like none of them. Their length is
 * limited, so that no text takes long.
 */
const FORMS: readonly RegExp[] = [
  // GNU envsubst; Flux's postBuild.substitute; Argo CD; Terraform's templatefile
  /\$\{[^}\n]{0,300}\}/,
  // envsubst, without braces
  /\$[A-Za-z_]\w*/,
  // OpenShift Templates, and ${{NAME}} for what is no string; vars of kustomize
  /\$\([\w.-]+\)/,
  // Helm, Jinja (Ansible), Mustache, Go's text/template
  /\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}/,
  // Azure DevOps' Replace Tokens
  /#\{[^}\n]{1,300}\}#?/,
  // what is filled in with sed
  /__[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*__|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z0-9_]*%/,
  // documentation, for the reader
  /<[A-Za-z][\w .-]*>/,
  // what a patch or a generator names later
  /^_$/,
]

/** Comments of ytt (carvel.dev/ytt) that make values. */
const YTT = /(?:^|[\s:])#@/

/** No value that has a placeholder is nested more deeply. */
const DEEPEST = 50

/** The first placeholder within a value; undefined where there is none. */
export function placeholderIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    for (const form of FORMS) {
      const [found] = form.exec(value) ?? []
      if (found !== undefined) return found
    }
    return undefined
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return undefined
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  for (const [key, one] of entries) {
    const found = (Array.isArray(value) ? undefined : placeholderIn(key)) ?? placeholderIn(one, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether values of a file are made by ytt. */
export const isOfYtt = memoized(({ text }: SourceFile): boolean => YTT.test(text))

/** The value at a path within another one. */
export const valueWithin = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>(
    (within, step) =>
      Array.isArray(within)
        ? within[Number(step)]
        : isMapping(within) && Object.hasOwn(within, step)
          ? within[step]
          : undefined,
    value,
  )
