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
  // GitHub, Backstage
  /\$\{\{[^\n]{0,300}?\}\}/,
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
  // ERB, EJS, lodash
  /<%[^\n]{0,300}?%>/,
  // Concourse, BOSH, spruce; not in a line of a shell script
  /(?<=^\S{0,100})\(\([^()\n]{1,300}\)\)(?=\S{0,100}$)/,
  // Go's text/template with other delimiters; not the classes of regular expressions, as `[[:alpha:]]`
  /(?<=^\S{0,100})\[\[[\w. -]{1,300}\]\](?=\S{0,100}$)/,
  // what is filled in with sed
  /__[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*__|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z0-9_]*%/,
  // documentation, for the reader
  /<[A-Za-z][\w .-]*>/,
  // what a patch or a generator names later
  /^_$/,
]

/** `[[APP]]` without quotes is a list within a list: where one is refused, it is a placeholder only if it is written like one. */
const IN_BRACKETS = /^(?:[A-Z][A-Z0-9_]*|\.[\w.]+)$/

const onlyOne = (list: unknown): unknown => (Array.isArray(list) && list.length === 1 ? list[0] : undefined)

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
  const name = onlyOne(onlyOne(value))
  if (typeof name === 'string' && IN_BRACKETS.test(name)) return `[[${name}]]`
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  for (const [key, one] of entries) {
    const found = (Array.isArray(value) ? undefined : placeholderIn(key)) ?? placeholderIn(one, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Paths of OData have these as they are: docs.oasis-open.org/odata/odata/v4.01, part 2, "URL Conventions". */
const OF_ODATA = /\/\$(?:all|batch|count|crossjoin|entity|filter|links|metadata|ref|value)(?!\w)/g

/** The first placeholder within a path of URLs, which may have `%C3%A9`, and groups of an expression as `(?<name>.*)`. */
export const placeholderInPath = (path: string): string | undefined =>
  placeholderIn(path.replace(/%[\dA-Fa-f]{2}|\(\?P?</g, '').replace(OF_ODATA, '/'))

/** A longer template may become anything: its own text says little. */
const LONGEST_TEMPLATE = 1000

/**
 * Whether a text with placeholders may become another one, or a path that it begins with: its parts follow each other there. Without a
 * regular expression, which takes exponentially long where placeholders are side by side.
 */
export function mayBecome(
  template: string,
  text: string,
  what: 'a host' | 'a name' | 'a path' | 'a path above it',
): boolean {
  if (template.length > LONGEST_TEMPLATE) return true
  const [written, parts] =
    what === 'a host'
      ? [text.toLowerCase(), partsAround(template).map(part => part.toLowerCase())]
      : [what === 'a path above it' ? `${text}/` : text, partsAround(template)]
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined || !written.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = written.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  if (what === 'a path above it') return written.indexOf(last, at) >= 0
  return written.length - last.length >= at && written.endsWith(last)
}

/** What is around the placeholders of a text, whatever their forms. */
function partsAround(text: string): readonly string[] {
  const found = placeholderIn(text)
  if (found === undefined) return [text]
  const at = text.indexOf(found)
  return [...partsAround(text.slice(0, at)), ...partsAround(text.slice(at + found.length))]
}

/** What comes before the first placeholder of a text. */
export function beforePlaceholders(text: string): string {
  let before = text
  for (let found = placeholderIn(before); found !== undefined; found = placeholderIn(before))
    before = before.slice(0, before.indexOf(found))
  return before
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
