import { type Document, isMap, visit } from 'yaml'
import { carefulYaml } from './careful-yaml.ts'
import type { Complain } from './diagnostic.ts'
import { type DocumentText, documentsOf } from './documents.ts'
import { below, type Location, type SourceFile } from './file.ts'
import { quickYaml } from './quick-yaml.ts'
import { complainOfSyntax } from './yaml-messages.ts'
import { syntaxFaults } from './yaml-syntax.ts'

/** One object as it is written: a document, or an item of a List. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly value: Readonly<Record<string, unknown>>
  readonly at: Location
}

/** A document that no question needs, or that cannot be read without more. */
export interface PassedOver {
  readonly at: Location
  readonly why: string
  /** Whether answers could be other with it. */
  readonly matters: boolean
}

export interface Reading {
  readonly manifests: readonly Manifest[]
  readonly passedOver: readonly PassedOver[]
}

interface Reader {
  readonly manifests: Manifest[]
  readonly passedOver: PassedOver[]
  readonly complain: Complain
}

/** Takes a text apart into its manifests. What is broken is complained about, and the rest is read all the same. */
export function readManifests(file: SourceFile, complain: Complain): Reading {
  const reader: Reader = { manifests: [], passedOver: [], complain }
  const json = parseJson(file.text)
  if (json !== undefined && !hasKeyTwice(file.text, json))
    sort(json, { file, document: 0, path: [] }, undefined, reader)
  else readYaml(file, reader)
  return { manifests: reader.manifests, passedOver: reader.passedOver }
}

function readYaml(file: SourceFile, reader: Reader): void {
  const documents = documentsOf(file)
  for (const [index, document] of documents.entries()) {
    const at = { file, document: index, path: [] }
    const quick = quickYaml(document)
    if (quick !== undefined) sort(quick.value, at, undefined, reader)
    else {
      const named = documents.length > 1 ? { object: `document ${index + 1}` } : {}
      const complain: Complain = diagnostic => reader.complain({ ...named, ...diagnostic })
      readCarefully(document, at, { ...reader, complain })
    }
  }
}

/** JSON is read as such, because it is a hundred times quicker; what is no JSON is YAML, which says what is wrong with it. */
function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What people write; what is longer, a machine has written, which repeats no key. */
const HAND_WRITTEN = 1_000_000

/** JSON.parse takes the last of two equal keys without a word: more keys are written then than are read. */
function hasKeyTwice(text: string, value: unknown): boolean {
  if (text.length > HAND_WRITTEN) return false
  let written = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) written++
  return written !== countKeys(value)
}

/** How many keys are in a value and everything below it. */
function countKeys(value: unknown): number {
  let keys = 0
  const open = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    if (typeof next === 'object' && next !== null) {
      const items: readonly unknown[] = Object.values(next)
      if (!Array.isArray(next)) keys += items.length
      for (const item of items) if (typeof item === 'object') open.push(item)
    }
  return keys
}

const HELM = 'a Helm template: render it first (helm template)'
const NO_OBJECT = 'not a Kubernetes object (no apiVersion and kind)'
/** A line that a Kubernetes object cannot be without; a broken text with none of them is somebody else's. */
const IDENTITY_LINE = /^[\s{"'-]*(?:apiVersion|kind)["']?\s*:/m

function readCarefully(text: DocumentText, at: Location, reader: Reader): void {
  const document = carefulYaml(text)
  const written = text.text
  const faults = syntaxFaults(document, written)
  if (faults.length > 0 || isTemplate(document, written)) {
    if (!IDENTITY_LINE.test(written)) reader.passedOver.push({ at, why: NO_OBJECT, matters: false })
    else if (written.includes('{{')) reader.passedOver.push({ at, why: HELM, matters: true })
    else
      for (const fault of faults)
        complainOfSyntax(document, fault, { file: at.file, start: text.start }, reader.complain)
    return
  }
  try {
    sort(document.toJS({ maxAliasCount: MOST_ALIASES }), at, undefined, reader)
  } catch (error) {
    const isDeep = error instanceof RangeError
    reader.complain({
      severity: 'error',
      code: 'YAML_TOO_LARGE',
      message: `the document ${isDeep ? 'is nested too deeply' : 'grows beyond all measure by its aliases'}`,
      at,
      help: 'no manifest is made like this: look at what made the file',
    })
  }
}

/** `{{ .x }}` without quotes can be YAML: a mapping whose key is a mapping, which no manifest has. */
function isTemplate(document: Document.Parsed, written: string): boolean {
  let found = false
  if (written.includes('{{'))
    visit(document, {
      Pair(_, { key }) {
        found ||= isMap(key)
      },
    })
  return found
}

/** What one document may be blown up to by its aliases, as a multiple of what is written. */
const MOST_ALIASES = 1000

interface Identity {
  readonly apiVersion: string
  readonly kind: string
}

/** Keeps an object, unrolls a List (S-143), passes over what is neither. */
function sort(value: unknown, at: Location, inherited: Identity | undefined, reader: Reader): void {
  if (value === null || value === undefined) return
  const { apiVersion = inherited?.apiVersion, kind = inherited?.kind, items } = isMapping(value) ? value : {}
  if (!isMapping(value) || (isAbsent(apiVersion) && isAbsent(kind)))
    reader.passedOver.push({ at, why: NO_OBJECT, matters: false })
  else if (typeof apiVersion !== 'string' || typeof kind !== 'string') complainOfIdentity(value, at, reader)
  else if (`${apiVersion}${kind}`.includes('{{')) reader.passedOver.push({ at, why: HELM, matters: true })
  else if (kind.endsWith('List') && Array.isArray(items)) {
    const itemKind = kind.slice(0, -'List'.length)
    const identity = itemKind === '' ? undefined : { apiVersion, kind: itemKind }
    for (const [index, item] of items.entries()) sort(item, below(at, 'items', index), identity, reader)
  } else reader.manifests.push({ apiVersion, kind, value, at })
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

function complainOfIdentity(
  value: Readonly<Record<string, unknown>>,
  at: Location,
  { complain }: Reader,
): void {
  for (const key of ['apiVersion', 'kind'] as const) {
    const field = value[key]
    if (typeof field === 'string') continue
    const message = isAbsent(field) ? `${key} not set` : `${key} must be a string`
    complain({ severity: 'error', code: 'NO_IDENTITY', message, at: below(at, key) })
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
