import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portQuestion } from '../../../src/naming/port.ts'
import { matrixReport } from '../../../src/questions/matrix/matrix.ts'
import { restrictedMatrix } from '../../../src/questions/matrix/restricted-matrix.ts'
import { layOut } from '../../../src/questions/matrix/rows-and-columns.ts'
import type { SourceFile } from '../../../src/source/file.ts'
import { editWorld } from '../../../src/world/edit/edit.ts'
import { buildWorld, type World } from '../../../src/world/world.ts'
import type { Manifest } from '../../oracle/oracle.ts'
import { unsureWorlds } from '../../oracle/unsure-worlds.ts'

/*
 * A what-if answers as a world does that was loaded with the change in its files.
 */

const fileOf = (path: string, objects: readonly Manifest[]): SourceFile => ({
  path,
  text: objects.map(object => JSON.stringify(object)).join('\n---\n'),
})

const loaded = (...files: readonly SourceFile[]): World => buildWorld(files)

/** What answers are made from, without the places. */
function meaningOf({ cluster, policyObjects, unmodeled, diagnostics }: World): unknown {
  const withoutPlaces = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutPlaces)
    if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, withoutPlaces(one)]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) => (key === 'at' ? [] : [[key, withoutPlaces(one)]])),
    )
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return withoutPlaces({ cluster, policyObjects, unmodeled, errors })
}

function answersOf(world: World): unknown {
  const asked = portQuestion(undefined, undefined, undefined)
  const question = { by: 'pod', asked, ...restrictedMatrix(world, NOT_NARROWED) } as const
  const { endpoints, connections, undetermined } = matrixReport(world, question, layOut(world, question))
  return { endpoints, connections: [...connections], undetermined: [...(undetermined ?? [])] }
}

function expectSame(ours: World, theirs: World): void {
  expect(meaningOf(ours)).toEqual(meaningOf(theirs))
  expect(answersOf(ours)).toEqual(answersOf(theirs))
}

const NOT_NARROWED = { from: undefined, to: undefined, namespaces: [], selector: undefined }

const refOf = ({ kind, metadata: { namespace, name } }: Manifest) => ({
  kind,
  namespace: typeof namespace === 'string' ? namespace : undefined,
  name: String(name),
})

/** Namespaces are declared, or there for what is in them, which may be a policy alone. */
const worlds = fc
  .tuple(unsureWorlds, fc.boolean())
  .map(([objects, isDeclared]) => objects.filter(({ kind }) => isDeclared || kind !== 'Namespace'))

const RUNS = { numRuns: 300 }

describe('a what-if', { timeout: 240_000 }, () => {
  it('that applies files answers as one over both, and the base is as it was', () => {
    fc.assert(
      fc.property(worlds, worlds, fc.infiniteStream(fc.boolean()), (base, other, dice) => {
        const part = other.filter(() => dice.next().value)
        const files = [fileOf('base.yaml', base), fileOf('more.yaml', part)] as const
        const before = loaded(files[0])
        const untouched = meaningOf(before)
        expectSame(editWorld(before, [{ kind: 'apply', files: [files[1]] }]), loaded(...files))
        expect(meaningOf(before)).toEqual(untouched)
      }),
      RUNS,
    )
  })

  it('that deletes objects answers as one without them', () => {
    fc.assert(
      fc.property(worlds, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (objects, picks) => {
        const gone = new Set(picks.flatMap(pick => objects[pick % objects.length] ?? []))
        const isGone = (one: Manifest): boolean =>
          gone.has(one) ||
          [...gone].some(
            ({ kind, metadata }) => kind === 'Namespace' && metadata.name === one.metadata.namespace,
          )
        // What is in a namespace goes before it, so that each is there when it is its turn.
        const inOrder = [...gone].sort(
          (a, b) => Number(a.kind === 'Namespace') - Number(b.kind === 'Namespace'),
        )
        expectSame(
          editWorld(
            loaded(fileOf('base.yaml', objects)),
            inOrder.map(one => ({ kind: 'delete', object: refOf(one) })),
          ),
          loaded(
            fileOf(
              'base.yaml',
              objects.filter(one => !isGone(one)),
            ),
          ),
        )
      }),
      RUNS,
    )
  })

  it('that labels objects answers as one in which they are written so', () => {
    const change = fc.record({
      key: fc.constantFrom('tier', 'env', 'extra', 'constructor'),
      value: fc.constantFrom('a', 'b', 'prod', '', undefined),
    })
    const picks = fc.array(fc.tuple(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(worlds, picks, (objects, chosen) => {
        const edits = chosen.flatMap(([pick, changes]) => {
          const one = objects[pick % objects.length]
          return one === undefined ? [] : [{ one, changes }]
        })
        const written = objects.map(object =>
          edits
            .filter(({ one }) => one === object)
            .flatMap(({ changes }) => changes)
            .reduce(withLabel, object),
        )
        expectSame(
          editWorld(
            loaded(fileOf('base.yaml', objects)),
            edits.map(({ one, changes }) => {
              const labels = new Map(changes.map(({ key, value }) => [key, value ?? null]))
              return { kind: 'label', object: refOf(one), labels }
            }),
          ),
          loaded(fileOf('base.yaml', written)),
        )
      }),
      RUNS,
    )
  })
})

/** The manifest as somebody would write it. */
function withLabel(
  object: Manifest,
  { key, value }: { readonly key: string; readonly value: string | undefined },
): Manifest {
  const copy = structuredClone(object) as { metadata: object; spec?: { template?: { metadata: object } } }
  const metadata: { labels?: Record<string, string> } = copy.spec?.template?.metadata ?? copy.metadata
  const { [key]: _, ...rest } = metadata.labels ?? {}
  metadata.labels = value === undefined ? rest : { ...rest, [key]: value }
  return copy as Manifest
}
