import { type Document, isMap, visit } from 'yaml'
import type { Complain } from './diagnostic.ts'
import { below, type Location, type SourceFile } from './file.ts'
import { quickYaml } from './quick-yaml.ts'
import { yamlDocuments } from './yaml-documents.ts'
import { complainOfSyntax, syntaxFaults } from './yaml-syntax.ts'

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
  const quick = json === undefined ? quickYaml(file) : undefined
  if (json !== undefined) sort(json, { file, document: 0, path: [] }, undefined, reader)
  else if (quick !== undefined)
    for (const [index, value] of quick.values.entries())
      sort(value, { file, document: index, path: [] }, undefined, reader)
  else
    for (const [index, document] of yamlDocuments(file).entries())
      readDocument(document, { file, document: index, path: [] }, reader)
  return { manifests: reader.manifests, passedOver: reader.passedOver }
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

const HELM = 'a Helm template: render it first (helm template)'
const NO_OBJECT = 'not a Kubernetes object (no apiVersion and kind)'
/** A line that a Kubernetes object cannot be without; a broken text with none of them is somebody else's. */
const IDENTITY_LINE = /^[\s{"'-]*(?:apiVersion|kind)["']?\s*:/m

function readDocument(document: Document.Parsed, at: Location, reader: Reader): void {
  const [start, end] = spanOf(document)
  const written = at.file.text.slice(start, end)
  const faults = syntaxFaults(document, written, start)
  if (faults.length > 0 || isTemplate(document, written)) {
    if (!IDENTITY_LINE.test(written)) reader.passedOver.push({ at, why: NO_OBJECT, matters: false })
    else if (written.includes('{{')) reader.passedOver.push({ at, why: HELM, matters: true })
    else for (const fault of faults) complainOfSyntax(document, fault, at.file, reader.complain)
    return
  }
  try {
    sort(document.toJS({ maxAliasCount: MOST_ALIASES }), at, undefined, reader)
  } catch (error) {
    const message =
      error instanceof RangeError ? 'is nested too deeply' : 'uses aliases that grow beyond all measure'
    reader.complain({ severity: 'error', code: 'YAML_TOO_LARGE', message: `the document ${message}`, at })
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

function spanOf({ range }: Document.Parsed): readonly [number, number] {
  return [range[0], range[2]]
}

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
