/**
 * What the evaluation does with sets of connections: `S` is the set of one pair of identities, or a vector of sets for many
 * pairs at once, and `W` says of which of them something holds. The rules are written once, over this.
 */
export interface Algebra<S, W> {
  readonly none: S
  readonly all: S
  readonly union: (a: S, b: S) => S
  readonly intersect: (a: S, b: S) => S
  readonly subtract: (a: S, b: S) => S
  /** `a` where it holds, `b` elsewhere. */
  readonly choose: (where: W, a: S, b: S) => S
}
