import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { isMapping } from '../../src/source/mapping.ts'
import { readManifests } from '../../src/source/read/read-manifests.ts'
import { CASES, type Case } from './cases.ts'

interface Verdict {
  readonly objects: readonly unknown[]
  readonly error?: string
}

const VERDICTS: Readonly<Record<string, Verdict>> = JSON.parse(
  readFileSync('test/kubectl/verdicts.json', 'utf8'),
)

function read({ text }: Case) {
  const objects: unknown[] = []
  const errors: Diagnostic[] = []
  // The byte order mark is gone when a file is read as text.
  const file = { path: 'x.yaml', text: text.replace(/^\ufeff/, ''), isNamed: true }
  readManifests(file, {
    // The items of a typed list have their kind from the list.
    keep: ({ value, apiVersion, kind }) => objects.push({ ...value, apiVersion, kind }),
    passOver: ({ why }) => objects.push(why),
    complain: one => one.severity === 'error' && errors.push(one),
  })
  return { objects, errors }
}

const isAboutDropped = ({ message }: Diagnostic): boolean => message.startsWith('kubectl silently ignores ')

/** Without an apiVersion, only a cluster refuses an object. */
const hasVersion = (value: unknown): boolean => isMapping(value) && value['apiVersion'] !== undefined

describe('what kubectl reads, netpol reads', () => {
  it('there is a verdict for each case', () => {
    expect(Object.keys(VERDICTS)).toHaveLength(CASES.length)
  })

  it('kubectl’s error is an error, and without one the objects are the same', () => {
    for (const one of CASES) {
      const { objects = [], error } = VERDICTS[one.id] ?? {}
      const ours = read(one)
      const isRefused = error !== undefined || !objects.every(hasVersion)
      const others = ours.errors.filter(found => isRefused || !isAboutDropped(found))
      const shown = { id: one.id, text: one.text }
      expect({ ...shown, isRefused: others.length > 0 }).toEqual({ ...shown, isRefused })
      if (!isRefused) expect({ ...shown, objects: ours.objects }).toEqual({ ...shown, objects })
    }
  })

  it('every error has a place', () => {
    for (const { at } of CASES.flatMap(one => read(one).errors)) expect(at).toBeDefined()
  })
})
