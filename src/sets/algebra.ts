/**
 * What the evaluation does with sets of connections, whether it is the set of one pair of ends (`S`) or one for each of
 * many pairs at once (`W` says of which of them something holds). The rules are written once, over this.
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
