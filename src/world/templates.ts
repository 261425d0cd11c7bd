import type { Creator } from '../model/kinds/custom/creators.ts'
import type { ClusterObject } from '../model/objects.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Location } from '../source/file.ts'
import type { Manifest } from '../source/manifest.ts'
import { mappingAt } from '../source/mapping.ts'
import { isOfYtt, placeholderIn, valueWithin } from '../source/placeholders.ts'
import type { Decoded } from './decode-manifest.ts'
import { comesFromCluster, placeOf, writtenName } from './manifest-identity.ts'

/*
 * Objects that are not in a cluster as they are written: templates, which would be refused because something is filled in first;
 * what runs at some moments only.
 */

/** Why an object that is refused is none: something has to be filled in. Undefined where it is broken. */
export function asTemplate(manifest: Manifest, complaints: readonly Diagnostic[]): UnusedReason | undefined {
  const placeholder = placeholderOf(manifest, complaints)
  const mayBePolicy = manifest.kind.endsWith('Policy')
  return placeholder === undefined ? undefined : { kind: 'template', mayBePolicy, placeholder }
}

/** The placeholder for which an object is refused; undefined where it is refused for something else. */
function placeholderOf({ value, at }: Manifest, complaints: readonly Diagnostic[]): string | undefined {
  for (const { severity, at: place } of complaints) {
    if (severity !== 'error' || place === undefined || 'position' in place) continue
    const found = placeholderIn(valueWithin(value, place.path.slice(at.path.length)))
    if (found !== undefined) return found
  }
  return complaints.some(({ severity }) => severity === 'error') && isOfYtt(at.file) ? '#@' : undefined
}

/** Why an object is none though nothing of it is refused: some kinds are read without complaints. */
export function asUnfilled(decoded: Decoded): UnusedReason | undefined {
  const placeholder = decoded.as === 'object' ? placeholderIn(readFreely(decoded.object)) : undefined
  return placeholder === undefined ? undefined : { kind: 'template', mayBePolicy: false, placeholder }
}

/** What answers depend on in an object, of what an API server takes in any form. */
function readFreely(object: ClusterObject): unknown {
  if ('parents' in object)
    return [
      ...object.parents.map(({ namespace, name, listener }) => [namespace, name, listener]),
      ...object.rules.flatMap(({ backends }) => backends).map(({ namespace, name }) => [namespace, name]),
    ]
  if (object.kind === 'Ingress') return object.className
  if (object.kind === 'Gateway') return [object.className, object.listeners.map(({ name }) => name)]
  if (object.kind === 'Route')
    return [object.hosts, object.path, object.targetPort, object.backends.map(one => one.service)]
  if (object.kind !== 'CustomWorkload') return undefined
  const labels = object.groups.flatMap(({ template }) => [...template.labels].flat())
  return [object.namespace, object.workload.name, labels]
}

/** What a template may be rendered to. */
export function templateCreator(manifest: Manifest): Creator {
  const { name, namespace } = placeOf(manifest)
  const into = namespace !== undefined && placeholderIn(namespace) === undefined ? namespace : undefined
  return {
    kind: manifest.kind,
    namespace: into,
    name,
    creates: 'templates',
    isPartlyKnown: false,
    into,
    names: placeholderIn(name) === undefined && name !== '' ? [name] : [],
    folder: undefined,
    at: manifest.at,
  }
}

/** What the text of a template may be rendered to: nothing of it is known. */
export const textCreator = (at: Location): Creator => ({
  kind: 'template',
  namespace: undefined,
  name: at.file.path,
  creates: 'templates',
  isPartlyKnown: false,
  into: undefined,
  names: [],
  folder: undefined,
  at,
})

/** The annotations of Pods and Jobs that are created when something is installed or tested, and are gone afterwards. */
const HOOKS: readonly string[] = [
  // helm.sh/docs/topics/charts_hooks, helm.sh/docs/topics/chart_tests
  'helm.sh/hook',
  // argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks
  'argocd.argoproj.io/hook',
]
const RUN_ONCE = ['Pod', 'Job']

/** Why a Pod or a Job does not run all the time; what comes from a cluster was running there. */
export function asHook(manifest: Manifest): UnusedReason | undefined {
  if (!RUN_ONCE.includes(manifest.kind) || comesFromCluster(manifest)) return undefined
  const annotations = mappingAt(manifest.value, 'metadata', 'annotations')
  const name = HOOKS.find(hook => typeof annotations[hook] === 'string')
  if (name === undefined) return undefined
  return { kind: 'hook', of: writtenName(manifest), hook: `${name}: ${String(annotations[name])}` }
}
