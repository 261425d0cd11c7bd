import type { ClusterObject } from '../model/objects.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { Location } from '../source/file.ts'
import { normalized } from '../source/file-path.ts'
import { originOf, sourceOf } from '../source/source-of.ts'
import { missingText, notAppliedText, notRenderedText, placedText, unusedText } from '../words/documents.ts'
import { objectText } from '../words/lists.ts'
import type { Decoded } from '../world/decode-manifest.ts'
import { type LeftOut, leftOutObjects } from '../world/problems.ts'
import type { World } from './world.ts'

/** What became of a document of the input. */
export interface InputDocument {
  readonly file: string
  /** A function, because the document is read again for it. */
  readonly line: () => number
  /** `applied` and `labelled` by an edit. */
  readonly state: 'used' | 'applied' | 'labelled' | 'not used'
  /** The name of the object, or why it is not used. */
  readonly text: string
  /** Whether it is not used, and an answer could be another with it. */
  readonly matters: boolean
}

/** What became of each document; what was left out for its errors is in the world's diagnostics instead. */
export function documents(world: World): readonly InputDocument[] {
  const { used, unused, input } = world.inside
  const installed = missingBy(world).map(({ at, name, creates }) =>
    unusedDocument(at, { kind: 'creator', of: name, creates }),
  )
  const notEvaluated = [...input.inForce.values()].flatMap(({ at, decoded }) => {
    const of = kindNotEvaluated(decoded)
    return of === undefined ? [] : [unusedDocument(at, { kind: 'not-evaluated', of })]
  })
  return [
    ...used
      .filter(({ decoded }) => kindNotEvaluated(decoded) === undefined)
      .map(({ at, name, by }) => documentAt(at, by === undefined ? 'used' : BY[by], name)),
    ...unused.map(({ at, why }) => unusedDocument(at, why)),
    ...installed,
    ...notEvaluated,
  ]
}

/** The kind of a policy or a route that is only recognized, and of what limits clients by rules of its own. */
function kindNotEvaluated(decoded: Decoded): string | undefined {
  switch (decoded.as) {
    case 'unmodeled':
      return decoded.policy.kind
    case 'object':
      return kindRecognized(decoded.object)
    case 'policy':
    case 'creator':
    case 'unused':
      return undefined
  }
}

function kindRecognized(object: ClusterObject): string | undefined {
  if (object.kind === 'OtherRoute') return object.of
  return object.kind === 'ClientPolicy' && object.limitedBy !== undefined ? object.of : undefined
}

const BY = { apply: 'applied', label: 'labelled' } as const

const documentAt = (
  at: Location,
  state: InputDocument['state'],
  text: string,
  matters = false,
): InputDocument => ({
  file: (originOf(at) ?? at.file).path,
  line: () => sourceOf(at).line,
  state,
  text,
  matters,
})

const unusedDocument = (at: Location, why: UnusedReason): InputDocument =>
  documentAt(at, 'not used', unusedText(why), matters(why))

/** Whether it could change answers; charts are counted by themselves. */
const matters = (why: UnusedReason): boolean =>
  (why.kind === 'template' && why.chart === undefined) ||
  why.kind === 'hook' ||
  (why.kind === 'expectation' && why.holds !== undefined)

/** Whether something was found and nothing of it is a Kubernetes object. */
export function isForeign(world: World): boolean {
  const { input, unused } = world.inside
  return (
    input.inForce.size === 0 &&
    unused.length > 0 &&
    unused.every(({ why }) => why.kind === 'not-an-object' || why.kind === 'template')
  )
}

/** Whether a folder is a kustomization that would change what its files have; a component is no cluster by itself. */
export const isKustomization = (world: World, folder: string): boolean =>
  world.inside.input.kustomizations.some(one => !one.isComponent && one.folder === normalized(folder))

/** The kustomizations that nobody has applied, and how many files are parts of some, in words; undefined for none. */
export function notApplied(world: World): string | undefined {
  const { input, unused } = world.inside
  const folders = input.kustomizations.map(({ folder }) => folder || '.')
  const parts = unused.filter(({ why }) => why.kind === 'part-of-kustomization' || why.kind === 'incomplete')
  return folders.length + parts.length === 0 ? undefined : notAppliedText(folders, parts.length)
}

/** What objects of the input make controllers create, and is missing, in one sentence; undefined for nothing. */
export function missingObjects(world: World): string | undefined {
  const creators = missingBy(world)
  return creators.length === 0 ? undefined : missingText(creators)
}

/** A Helm chart that nobody has rendered: one within no other, rather. */
export const unrenderedChart = (world: World): string | undefined => unrenderedCharts(world).folders[0]

/** The Helm charts that nobody has rendered, and how many templates they have, in words; undefined for none. */
export function notRendered(world: World): string | undefined {
  const { folders, templates } = unrenderedCharts(world)
  const [first] = folders
  return first === undefined ? undefined : notRenderedText(first, folders.length, templates)
}

/** Charts within charts are last. */
function unrenderedCharts({ inside: { unused } }: World) {
  const folders = unused.flatMap(({ why }) =>
    why.kind === 'template' && why.chart !== undefined ? [why.chart || '.'] : [],
  )
  const depthOf = (folder: string): number => folder.split('/').filter(part => part === 'charts').length
  const distinct = [...new Set(folders)].sort((a, b) => depthOf(a) - depthOf(b))
  return { folders: distinct, templates: folders.length }
}

/** Objects of which nothing that they make controllers create is known. */
const missingBy = ({ inside: { creators } }: World) =>
  creators.flatMap(({ at, kind, namespace, name, creates, isPartlyKnown }) =>
    isPartlyKnown || creates === 'services' || creates === 'templates'
      ? []
      : [
          {
            at,
            kind,
            name: objectText({ kind, name, ...(namespace !== undefined && { namespace }) }),
            creates,
          },
        ],
  )

/** Whether nothing was found, as in an empty text or an empty List. */
export function isEmpty(world: World): boolean {
  const { input, unused, diagnostics } = world.inside
  return input.inForce.size === 0 && unused.length === 0 && diagnostics.length === 0
}

/** Whether there are objects, and no policy of any kind among them: nothing is closed then. */
export function hasNoPolicies(world: World): boolean {
  const { used, policyObjects, unmodeled } = world.inside
  return used.length > 0 && policyObjects.length === 0 && unmodeled.length === 0
}

/** How many objects name no namespace and are in the one that was given for them, in words; undefined for none. */
export function placedObjects(world: World, namespace: string): string | undefined {
  const { length } = world.inside.used.filter(({ placed }) => placed)
  return length === 0 ? undefined : placedText(length, namespace)
}

/** What was left out for its errors, in the order in which one reads the files. */
export const leftOut = (world: World): readonly LeftOut[] => leftOutObjects(world.diagnostics)
