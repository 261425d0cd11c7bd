import { editedIndex, type PolicyEdit } from '../engine/policy-index.ts'
import { type Bits, NO_BITS, subtractBits, unionBits } from '../sets/bits.ts'
import { type Connections, equal, PORTLESS } from '../sets/connections.ts'
import { type ConnectionTable, connectionTable } from '../sets/identifiers.ts'
import { bitsDifferent, type SetVector, vectorAlgebra, vectorOf, wordCount } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'
import { type EndpointClass, endpointClasses, type SplitClasses, splitClasses } from './endpoint-classes.ts'
import { editedMatrices, type FamilyMatrix, familyMatrices, unusedFamilies } from './ip-families.ts'
import { leavesIcmpOpen } from './pair.ts'
import { settledPairs, type Way, withOpened } from './settlement.ts'

/** Every pair of endpoints: `evaluatePair` for all at once, a row or a column of the matrix of classes at a time. */
export interface AllPairs {
  readonly classes: readonly EndpointClass[]
  readonly table: ConnectionTable
  /** What is open from a class to each, where the two are not one and the same endpoint. */
  readonly from: (classIndex: number) => OpenVector
  readonly to: (classIndex: number) => OpenVector
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
  /** With other policies. */
  readonly edited: (edit: PolicyEdit) => EditedPairs
}

/** A row or a column. */
export interface OpenVector {
  readonly open: SetVector
  readonly undetermined: SetVector
  /** The classes of which one IP family has something else open than the other (S-035). */
  readonly mixed: Bits
}

/** The classes are the old ones in their order, and then those that the edit has split off them. */
export interface EditedPairs extends Pick<SplitClasses, 'splitFrom'> {
  readonly pairs: AllPairs
}

/** `askOf` says what of the connections to an endpoint is asked for. */
export function allPairs(
  world: World,
  endpoints: readonly Endpoint[],
  askOf: (to: Endpoint) => Connections,
): AllPairs {
  const table = connectionTable()
  const classes = endpointClasses(world, endpoints, askOf)
  return pairsOfClasses(world, classes, familyMatrices(world, firstsOf(classes), table), { table, askOf })
}

const firstsOf = (classes: readonly EndpointClass[]): readonly Endpoint[] =>
  classes.map(([endpoint]) => endpoint)

interface AskedConnections {
  readonly table: ConnectionTable
  readonly askOf: (to: Endpoint) => Connections
}

function pairsOfClasses(
  world: World,
  classes: readonly EndpointClass[],
  matrices: readonly FamilyMatrix[],
  asked: AskedConnections,
): AllPairs {
  const { table, askOf } = asked
  const words = wordCount(classes.length)
  const sets = vectorAlgebra(table, words)
  const endpoints = firstsOf(classes)
  const askedOf = endpoints.map(endpoint => table.idOf(askOf(endpoint)))
  const askedOfAll = vectorOf(askedOf)
  const unusedBy = matrices.length > 1 ? unusedFamilies(world, endpoints) : () => NO_BITS
  const settled = settledPairs(world, classes)
  const isIcmp = leavesIcmpOpen(world) && endpoints.every(endpoint => equal(askOf(endpoint), PORTLESS))

  const openVector = (way: Way, index: number): OpenVector => {
    const ask = way === 'from' ? askedOfAll : (askedOf[index] ?? sets.none)
    const closed = settled.closed(way, index)
    const opened = settled.opened?.(way, index)
    const byFamily = matrices.flatMap(({ family, matrix }) => {
      const unused = unusedBy(family, way, index)
      if (unused === 'all') return []
      const byPolicies = way === 'from' ? matrix.row(index) : matrix.column(index)
      // As `evaluateIcmp` has it.
      const denied = isIcmp ? sets.subtract(ask, byPolicies.allowed) : sets.none
      const asked = {
        allowed: byPolicies.allowed,
        undetermined: sets.union(byPolicies.undetermined, denied),
      }
      const { allowed, undetermined } = opened === undefined ? asked : withOpened(sets, opened, asked)
      const shut = unionBits([unused, closed])
      const cut = (all: SetVector): SetVector => sets.choose(shut, sets.none, sets.intersect(all, ask))
      return [{ open: cut(allowed), undetermined: cut(undetermined), unused }]
    })
    const [first, second] = byFamily
    return {
      open: byFamily.map(({ open }) => open).reduce(sets.union, sets.none),
      undetermined: byFamily.map(({ undetermined }) => undetermined).reduce(sets.union, sets.none),
      mixed:
        first === undefined || second === undefined
          ? NO_BITS
          : subtractBits(
              bitsDifferent(first.open, second.open, words),
              unionBits([first.unused, second.unused]),
            ),
    }
  }

  return {
    classes,
    table,
    from: index => openVector('from', index),
    to: index => openVector('to', index),
    isKnown: !isIcmp && settled.opened === undefined && matrices.every(({ matrix }) => matrix.isKnown),
    edited: edit => {
      const policies = editedIndex(world.policies, edit)
      const { classes: split, splitFrom } = splitClasses(world, classes, edit.added)
      const changed = [...edit.removed, ...edit.added]
      const edited = editedMatrices(world, firstsOf(split), matrices, { policies, changed, splitFrom })
      return { pairs: pairsOfClasses({ ...world, policies }, split, edited, asked), splitFrom }
    },
  }
}
