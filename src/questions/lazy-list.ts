/** A list whose items are made each time that it is iterated over; in JSON it is a list like any other. */
export function lazyList<T>(items: () => Iterable<T>): Iterable<T> {
  const list = { [Symbol.iterator]: () => items()[Symbol.iterator](), toJSON: () => [...items()] }
  return list
}
