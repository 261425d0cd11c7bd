import { memoized } from '../../sets/memoized.ts'
import { withoutBulk } from './bulk.ts'
import type { DocumentText } from './document-texts.ts'
import type { YamlDocument } from './yaml/nodes.ts'
import { parseYaml } from './yaml/parser.ts'
import { type YamlValue, yamlValue } from './yaml/values.ts'
import { YamlError } from './yaml/yaml-error.ts'

/*
 * The texts of documents as kubectl reads them.
 */

/** What a text says; or why kubectl refuses it. */
export type YamlText = (YamlDocument & YamlValue) | { readonly error: YamlError }

export const readYamlText = memoized(
  ({ text, isJson }: DocumentText): YamlText => read(isJson ? asYaml(text) : text),
  ({ isKept }) => isKept,
)

function read(text: string): YamlText {
  try {
    const document = parseYaml(text)
    return { ...document, ...yamlValue(document.root) }
  } catch (error) {
    if (error instanceof YamlError) return { error }
    throw error
  }
}

/** JSON without the two escapes that YAML does not have, of the same length. */
const asYaml = (json: string): string =>
  json.replace(/\\(?:u[dD][89a-fA-F][\da-fA-F]{2}|.)/g, written =>
    written === '\\/' ? '//' : written.length > 2 ? 'x'.repeat(written.length) : written,
  )

/** A text whose lines are what they look like, so that they can be taken out of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const DOUBTFUL = /\r(?!\n)|[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^ +(?:---|\.\.\.)/m

/**
 * What a document says. Of one in a large file, what no answer needs is left out, and is not checked either.
 */
export function readDocument(document: DocumentText): { readonly value: unknown } | YamlText {
  const { text, isJson, isKept } = document
  const isAlike = isJson || (!isKept && JSON_IN_YAML.test(text.slice(0, 9)) && !ONLY_IN_JSON.test(text))
  const json = isAlike ? jsonIn(text) : undefined
  if (json !== undefined) return json
  const isBulky = !document.isKept && !DOUBTFUL.test(document.text)
  const short = isBulky ? withoutBulk(document.text) : undefined
  const quick = short === undefined ? undefined : read(short)
  return quick === undefined || 'error' in quick ? readYamlText(document) : { value: quick.value }
}

/** How a document begins that JSON and YAML read alike, but for some escapes and for a tab at its end. */
const JSON_IN_YAML = /^(?:---\r?\n)?\{/
const ONLY_IN_JSON = /\\(?:\/|u[dD][89a-fA-F])|\}\s*\t\s*$/

/** JSON is YAML, and much quicker to read as JSON. */
function jsonIn(text: string): { readonly value: unknown } | undefined {
  const start = /^(?:---)?\s*(?=\{)/.exec(text)
  if (start === null) return undefined
  try {
    return { value: JSON.parse(text.slice(start[0].length)) }
  } catch {
    return undefined
  }
}
