import type { SourceFile } from '../source/file.ts'
import { folderOf, normalized } from '../source/file-path.ts'
import { isMapping, type Mapping } from '../source/mapping.ts'
import { documentsOf } from '../source/read/document-texts.ts'
import { readDocument } from '../source/read/yaml-text.ts'

/*
 * Kustomizations among the files: nobody has applied them, so some files are no objects, and the others may become other objects.
 */

/** A kustomization that changes what answers depend on. */
export interface Kustomization {
  readonly file: SourceFile
  /** Its folder, as in the paths of the files; empty for the one that they start from. */
  readonly folder: string
  /** A Component is rendered as a part of other kustomizations alone. */
  readonly isComponent: boolean
  /** The files whose objects it renders. */
  readonly renders: ReadonlySet<SourceFile>
  /** The namespace that it puts them into. */
  readonly namespace: string | undefined
  /** Whether it brings objects that are in no file: from elsewhere, of a chart, of a component or a generator. */
  readonly bringsObjects: boolean
}

export interface Kustomizations {
  /** Those that change something, without those that another one renders. */
  readonly notApplied: readonly Kustomization[]
  /** The files that kustomizations are written in. */
  readonly files: ReadonlySet<SourceFile>
  /** The files that are parts of a kustomization (patches, values, transformers) and no objects: with its file. */
  readonly parts: ReadonlyMap<SourceFile, SourceFile>
  /**
   * The files whose objects need not be complete, with the kustomization's file: it completes them, as `commonLabels` completes
   * selectors; or they are below its folder, and no kustomization names them.
   */
  readonly incomplete: ReadonlyMap<SourceFile, SourceFile>
}

/** The names by which kustomize finds one. */
const NAME = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/

const NONE: Kustomizations = { notApplied: [], files: new Set(), parts: new Map(), incomplete: new Map() }

export function kustomizationsAmong(files: readonly SourceFile[]): Kustomizations {
  const written = files.filter(({ path }) => NAME.test(path)).flatMap(readKustomization)
  if (written.length === 0) return NONE
  const among: Among = {
    files: new Map(files.map(file => [normalized(file.path), file])),
    kustomizations: new Map(written.map(one => [one.folder, one])),
  }
  const rendered = new Set(written.flatMap(one => one.resources.map(path => below(one.folder, path))))
  const objects = new Set(written.flatMap(one => [...renderedBy(one, among)]))
  const parts = new Map<SourceFile, SourceFile>()
  for (const { file, folder, named } of written)
    for (const path of named)
      for (const part of filesAt(below(folder, path), among)) if (!objects.has(part)) parts.set(part, file)
  const notApplied = written
    .filter(one => !rendered.has(one.folder) && changesSomething(one, among))
    .map(one => ({
      file: one.file,
      folder: one.folder,
      isComponent: one.isComponent,
      renders: renderedBy(one, among),
      namespace: one.namespace,
      bringsObjects: bringsObjects(one, among),
    }))
  const incomplete = new Map<SourceFile, SourceFile>()
  for (const [path, file] of among.files) {
    const own = nearestAbove(path, among)
    if (own !== undefined && !objects.has(file) && !parts.has(file)) incomplete.set(file, own.file)
  }
  for (const { file, renders } of notApplied) for (const one of renders) incomplete.set(one, file)
  return { notApplied, files: new Set(written.map(({ file }) => file)), parts, incomplete }
}

function nearestAbove(path: string, { kustomizations }: Among): Written | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const own = kustomizations.get(folder)
    if (own !== undefined || folder === '') return own
  }
}

interface Among {
  /** By their paths without `.` and `..`. */
  readonly files: ReadonlyMap<string, SourceFile>
  /** By their folders. */
  readonly kustomizations: ReadonlyMap<string, Written>
}

/** A kustomization as it is written. */
interface Written {
  readonly file: SourceFile
  readonly folder: string
  readonly isComponent: boolean
  readonly namespace: string | undefined
  /** Files and folders of objects. */
  readonly resources: readonly string[]
  /** Files and folders that are no objects. */
  readonly named: readonly string[]
  /** Whether it changes objects by itself. */
  readonly changes: boolean
  /** Whether it makes objects of what is no file of objects. */
  readonly makes: boolean
}

/** None for a file that has an object of Flux, whose kind is called the same. */
function readKustomization(file: SourceFile): readonly Written[] {
  const value = valueIn(file)
  if (value === undefined) return file.text.trim() === '' ? [] : [unreadable(file)]
  const { apiVersion = GROUP, namespace } = value
  if (!String(apiVersion).startsWith(GROUP)) return []
  const generated = GENERATORS.flatMap(field => mappingsIn(value[field]))
  const written = {
    file,
    folder: folderOf(file.path),
    isComponent: value['kind'] === 'Component',
    namespace: typeof namespace === 'string' ? namespace : undefined,
    resources: RESOURCES.flatMap(field => textsIn(value[field])),
    named: [
      ...PARTS.flatMap(field => textsIn(value[field])),
      ...PARTS.flatMap(field => mappingsIn(value[field]).flatMap(({ path }) => textsIn([path]))),
      ...mappingsIn(value['helmCharts']).flatMap(chart => [
        ...textsIn([chart['valuesFile']]),
        ...textsIn(chart['additionalValuesFiles']),
      ]),
      // `name=path`, or the path alone.
      ...generated.flatMap(one => textsIn(one['files']).map(text => text.replace(/^[^=]*=/, ''))),
      ...generated.flatMap(one => [...textsIn(one['envs']), ...textsIn([one['env']])]),
    ],
    changes: CHANGES.some(field => isFilled(value[field])),
    makes: MAKERS.some(field => isFilled(value[field])),
  }
  return [written]
}

/** The files and folders that a kustomization names: of objects, and of what is none, such as patches. */
export const namedInKustomization = (
  file: SourceFile,
): { readonly resources: readonly string[]; readonly parts: readonly string[] } => {
  const written = readKustomization(file)
  return {
    resources: written.flatMap(({ resources }) => resources),
    parts: written.flatMap(({ named }) => named),
  }
}

/** Of one that cannot be read nothing is known, so that it may change and bring everything. */
const unreadable = (file: SourceFile): Written => ({
  file,
  folder: folderOf(file.path),
  isComponent: false,
  namespace: undefined,
  resources: [],
  named: [],
  changes: true,
  makes: true,
})

const GROUP = 'kustomize.config.k8s.io/'

const RESOURCES = ['resources', 'bases', 'components', 'crds']
const PARTS = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'generators',
  'transformers',
  'validators',
  'configurations',
]
const GENERATORS = ['configMapGenerator', 'secretGenerator']

/** Annotations, images and the number of replicas change no answer. */
const CHANGES = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'transformers',
]
const MAKERS = ['generators', 'helmCharts', 'helmChartInflationGenerator']

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

function valueIn(file: SourceFile): Mapping | undefined {
  const [document] = documentsOf(file)
  if (document === undefined) return undefined
  const read = readDocument(document)
  return 'error' in read || !isMapping(read.value) ? undefined : read.value
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const mappingsIn = (value: unknown): readonly Mapping[] => listIn(value).filter(isMapping)

/** Paths; a patch may stand there itself. */
const textsIn = (value: unknown): readonly string[] =>
  listIn(value).flatMap(text => (typeof text === 'string' && !text.includes('\n') ? [text] : []))

/** The files of objects that one renders, with those of the kustomizations that it is made of. */
function renderedBy(one: Written, among: Among): ReadonlySet<SourceFile> {
  const files = new Set<SourceFile>()
  for (const each of madeOf(one, among))
    for (const path of each.resources) {
      const file = among.files.get(below(each.folder, path))
      if (file !== undefined) files.add(file)
    }
  return files
}

/** A kustomization and those that it is made of. */
function madeOf(one: Written, { kustomizations }: Among): ReadonlySet<Written> {
  const found = new Set([one])
  // A set that grows is gone through to its end.
  for (const { folder, resources } of found)
    for (const path of resources) {
      const other = kustomizations.get(below(folder, path))
      if (other !== undefined) found.add(other)
    }
  return found
}

const changesSomething = (one: Written, among: Among): boolean =>
  [...madeOf(one, among)].some(({ changes }) => changes) || bringsObjects(one, among)

const bringsObjects = (one: Written, among: Among): boolean =>
  [...madeOf(one, among)].some(
    ({ folder, resources, makes }) => makes || resources.some(path => !isAmong(below(folder, path), among)),
  )

const isAmong = (path: string, { files, kustomizations }: Among): boolean =>
  files.has(path) || kustomizations.has(path)

/** A file, or all files of a folder. */
function filesAt(path: string, { files }: Among): readonly SourceFile[] {
  const file = files.get(path)
  if (file !== undefined) return [file]
  return [...files].flatMap(([other, one]) => (other.startsWith(`${path}/`) ? [one] : []))
}

const below = (folder: string, path: string): string => normalized(folder === '' ? path : `${folder}/${path}`)
