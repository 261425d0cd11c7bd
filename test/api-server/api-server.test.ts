import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { buildWorld } from '../../src/world/world.ts'
import { CASES, hashOf } from './cases.ts'
import verdicts from './verdicts.json' with { type: 'json' }

/** What the API server's own code makes of a manifest (README.md beside this file). */
interface Verdict {
  readonly hash: string
  readonly verdict: string
  /** Where it is refused: reading YAML, decoding, unknown fields, validation. */
  readonly stage?: string
  readonly fields?: readonly string[]
  readonly warnings?: readonly string[] | null
}

const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>(Object.entries(verdicts))

function diagnose(yaml: string): { errors: readonly Diagnostic[]; warnings: readonly string[] } {
  const { diagnostics } = buildWorld([{ path: 'policy.yaml', text: yaml }])
  return {
    errors: diagnostics.filter(({ severity }) => severity === 'error'),
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
  }
}

const sorted = (fields: Iterable<string>): readonly string[] => [...new Set(fields)].sort()

describe('a policy is taken and refused as by the API server, for the same fields', () => {
  it('every case has the verdict of its text, and every verdict its case', () => {
    expect(CASES.map(({ id, yaml }) => [id, hashOf(yaml)]).sort()).toEqual(
      [...VERDICTS].map(([id, { hash }]) => [id, hash]).sort(),
    )
  })

  it.each(CASES)('$id', ({ id, yaml }) => {
    const { verdict, stage, fields = [], warnings } = VERDICTS.get(id) ?? { verdict: 'none' }
    const ours = diagnose(yaml)
    const named = ours.errors.map(({ field = '' }) => field)
    expect(ours.errors.length > 0 ? 'refused' : 'accepted').toBe(verdict)
    switch (stage) {
      case undefined:
        expect(ours.warnings).toEqual(warnings ?? [])
        break
      case 'validate':
        expect(sorted(named)).toEqual(sorted(fields))
        break
      case 'strict': {
        // The API server stops here; we go on to what is wrong with the values.
        const unknown = ours.errors
          .filter(({ code }) => code === 'UNKNOWN_FIELD')
          .map(({ field = '' }) => field)
        expect(sorted(unknown)).toEqual(sorted(fields))
        break
      }
      case 'decode':
        // The type's path has no indices, and of several the API server names one; times have none at all.
        if (fields.length > 0)
          expect(
            named
              .map(field => field.replace(/\[\d+\]/g, ''))
              .some(field => matchesType(field, fields[0] ?? '')),
          ).toBe(true)
        break
      default:
        expect(named.length).toBeGreaterThan(0)
    }
  })
})

/** The path of a Go type ends with the list or the map that the value is in. */
const matchesType = (field: string, type: string): boolean => field === type || field.startsWith(`${type}.`)
